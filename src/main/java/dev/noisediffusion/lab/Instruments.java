package dev.noisediffusion.lab;

import java.util.List;

/**
 * What a run measures with. Networks that they bring with them stay their owner's to close.
 *
 * @param gauges measure one morph at a time
 * @param eyes see frames as sets; one for each space
 * @param software that measures, by name and version, with its device and precision, networks by name and hash
 */
public record Instruments(List<Gauge> gauges, List<Eye> eyes, List<String> software) {
    public Instruments {
        gauges = List.copyOf(gauges);
        eyes = List.copyOf(eyes);
        software = List.copyOf(software);
    }
}
