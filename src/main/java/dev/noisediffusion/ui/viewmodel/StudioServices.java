package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.project.Autosaves;
import dev.noisediffusion.project.PresetFolder;
import java.util.random.RandomGenerator;

/**
 * What the studio needs of the world around it.
 *
 * @param texts the user's language
 * @param jobs runs background work, several at a time
 * @param renders runs renders: a newer one ends the older
 * @param models opens model folders
 * @param pictures reads picture files
 * @param web fetches pictures dragged out of a browser
 * @param exporter saves films
 * @param dialogs asks for files
 * @param rest waits until the hand rests
 * @param ticker the clock of playback
 * @param random for the dice
 * @param gesture waits until the hand rests, so that a drag becomes one step of undo
 * @param autosaves keeps unsaved work
 * @param keeping waits until the hand rests before it does
 * @param presets the artist's own looks
 * @param graphs models prepared for running, which can be made again
 * @param application name and version, for documents
 * @param library the user's models
 * @param critics what is known of artifacts
 * @param lab where the lab has its things
 */
public record StudioServices(
        Texts texts,
        JobRunner jobs,
        JobRunner renders,
        ModelOpener models,
        PictureReader pictures,
        WebFetcher web,
        Exporter exporter,
        FileDialogs dialogs,
        Debounce rest,
        Ticker ticker,
        RandomGenerator random,
        Debounce gesture,
        Autosaves autosaves,
        Debounce keeping,
        PresetFolder presets,
        GraphCache graphs,
        String application,
        LibraryServices library,
        Critics critics,
        LabServices lab) {}
