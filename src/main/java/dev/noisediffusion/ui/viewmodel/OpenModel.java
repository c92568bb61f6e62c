package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.diffusion.DiffusionModel;

/**
 * A model ready to run.
 *
 * @param model closed by the window when another takes its place
 * @param device what it runs on, for people: "CPU"
 */
public record OpenModel(DiffusionModel model, String device) {}
