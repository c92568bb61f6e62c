package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.morph.MorphRenderer;
import dev.noisediffusion.project.ParameterValues;
import dev.noisediffusion.project.Recipe;
import java.util.Optional;

/**
 * A model ready to run.
 *
 * @param model its name and content hash
 * @param shape of the pictures it makes
 * @param batchSize frames that one network call takes, for the marks in the filmstrip
 * @param device what it runs on, for people: "CPU"
 * @param suggested settings that its makers suggest; none where they suggest nothing
 * @param fallback why it does not run where it was meant to; empty where it does
 * @param renderer renders with it
 * @param bench runs experiments of the lab with it
 * @param resource closed when another model takes its place, never during a render
 */
public record OpenModel(
        Recipe.Model model,
        FrameShape shape,
        int batchSize,
        String device,
        ParameterValues suggested,
        Optional<Trouble> fallback,
        MorphRenderer renderer,
        LabBench bench,
        AutoCloseable resource) {}
