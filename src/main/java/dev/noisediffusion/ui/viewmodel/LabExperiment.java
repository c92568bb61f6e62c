package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.lab.Experiment;

/**
 * An experiment that can be chosen.
 *
 * @param title for people
 * @param question that it asks
 */
public record LabExperiment(String title, String question, Experiment experiment) {}
