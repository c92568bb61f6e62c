package dev.noisediffusion.ui.viewmodel;

/**
 * A column in the table of the lab: something that is measured.
 *
 * @param key of the metric
 * @param title for people
 * @param meaning its unit and definition, in a few words
 */
public record LabColumn(String key, String title, String meaning) {}
