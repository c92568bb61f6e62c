package dev.noisediffusion.ui.viewmodel;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the lab has its things.
 *
 * @param experiments folder with a file for each that comes with the studio
 * @param results folder in which every run has one of its own
 * @param software that measures, by name and version: results of another do not go on;
 *     asked on background threads, for it may have to load the network's runtime
 */
public record LabServices(Path experiments, Path results, Supplier<List<String>> software) {}
