package dev.noisediffusion.lab;

/**
 * A number that is measured of a morph in one cell.
 *
 * @param key as in files: small letters and dashes
 * @param title for people, in English
 * @param meaning its unit and definition, in a few words
 */
public record Metric(String key, String title, String meaning) {}
