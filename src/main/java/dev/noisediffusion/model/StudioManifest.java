package dev.noisediffusion.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.DoublePredicate;

/**
 * The studio's own, optional file in a model folder, {@code studio.json}: what the model is called, who made it, how
 * its latents come from pixels, and which settings suit it.
 *
 * @param name for people; the folder's name where there is no manifest
 * @param description a sentence, may be empty
 * @param licence of the weights, may be empty
 * @param attribution who is to be named, may be empty
 * @param codec identity where there is no manifest
 * @param imageSize of the pictures, where the manifest says it
 * @param suggested settings that suit the model
 * @param sha256 expected checksums in hexadecimal, by path within the folder with {@code /}
 */
public record StudioManifest(
        String name,
        String description,
        String licence,
        String attribution,
        CodecSpec codec,
        Optional<ImageSize> imageSize,
        Suggested suggested,
        Map<String, String> sha256) {
    /** The name of the file. */
    public static final String FILE_NAME = "studio.json";

    /** The largest picture side that is believed. */
    static final int MAX_SIDE = 16_384;

    /** In pixels. */
    public record ImageSize(int width, int height) {
        /**
         * That of pictures whose latents have the sides of a configuration's {@code sample_size}.
         *
         * @param factor pixels along each side of one latent pixel
         * @throws ModelException if a side is larger than is believed
         */
        static ImageSize ofLatents(Path config, int width, int height, int factor) throws ModelException {
            int most = MAX_SIDE / factor;
            int longest = Math.max(width, height);
            if (longest > most) {
                throw ModelException.in(config, "a \"sample_size\" of at most " + most, String.valueOf(longest));
            }
            return new ImageSize(width * factor, height * factor);
        }
    }

    /**
     * Settings that suit a model, each of them optional.
     *
     * @param gamma lubricating coefficient, in [0, 1]
     * @param boundary clip of the latents, above 0
     * @param gain injection gain, in [0, 100]
     * @param signalLevel depth of the encoding as sqrt(abar), in (0, 1)
     * @param steps of the whole range from clean to noise
     */
    public record Suggested(
            OptionalDouble gamma,
            OptionalDouble boundary,
            OptionalDouble gain,
            OptionalDouble signalLevel,
            OptionalInt steps) {
        /** No suggestion at all. */
        public static final Suggested NONE = new Suggested(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty());
    }

    public StudioManifest {
        sha256 = Map.copyOf(sha256);
    }

    /**
     * Reads the manifest of a folder; without one, gives what a bare model folder means.
     *
     * @throws ModelException if there is one and it is unsound
     */
    public static StudioManifest of(Path folder) throws ModelException {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        String folderName = last == null ? folder.toString() : last.toString();
        Path file = folder.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return named(folderName);
        }
        ConfigFile config = ConfigFile.read(file);
        return new StudioManifest(
                config.text("name", folderName),
                config.text("description", ""),
                config.text("licence", ""),
                config.text("attribution", ""),
                codec(config),
                imageSize(config),
                suggested(config),
                checksums(config));
    }

    /** What a model without a manifest means. */
    static StudioManifest named(String name) {
        return new StudioManifest(
                name, "", "", "", new CodecSpec.Identity(), Optional.empty(), Suggested.NONE, Map.of());
    }

    private static CodecSpec codec(ConfigFile config) throws ModelException {
        Optional<ConfigFile> codec = config.section("codec");
        if (codec.isEmpty()) {
            return new CodecSpec.Identity();
        }
        String type = codec.get().text("type", "nothing");
        return switch (type) {
            case "identity" -> new CodecSpec.Identity();
            case "pixel-unshuffle" -> new CodecSpec.PixelUnshuffle(atMostSide(codec.get(), "factor", 1));
            default -> throw codec.get().refuse("type", "identity or pixel-unshuffle", "\"" + type + "\"");
        };
    }

    private static Optional<ImageSize> imageSize(ConfigFile config) throws ModelException {
        Optional<ConfigFile> image = config.section("image");
        if (image.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ImageSize(atMostSide(image.get(), "width", 0), atMostSide(image.get(), "height", 0)));
    }

    private static int atMostSide(ConfigFile section, String name, int otherwise) throws ModelException {
        int value = section.positive(name, otherwise);
        if (value > MAX_SIDE) {
            throw section.refuse(name, "at most " + MAX_SIDE, String.valueOf(value));
        }
        return value;
    }

    private static Suggested suggested(ConfigFile config) throws ModelException {
        Optional<ConfigFile> section = config.section("suggested");
        if (section.isEmpty()) {
            return Suggested.NONE;
        }
        ConfigFile suggested = section.get();
        return new Suggested(
                within(suggested, "gamma", "in [0, 1]", gamma -> gamma >= 0 && gamma <= 1),
                within(suggested, "boundary", "above 0", boundary -> boundary > 0),
                within(suggested, "gain", "in [0, 100]", gain -> gain >= 0 && gain <= 100),
                within(suggested, "signalLevel", "between 0 and 1", level -> level > 0 && level < 1),
                suggested.has("steps") ? OptionalInt.of(suggested.positive("steps", 1)) : OptionalInt.empty());
    }

    private static OptionalDouble within(ConfigFile section, String name, String range, DoublePredicate isIn)
            throws ModelException {
        if (!section.has(name)) {
            return OptionalDouble.empty();
        }
        double value = section.number(name, Double.NaN);
        if (!isIn.test(value)) {
            throw section.refuse(name, range, String.valueOf(value));
        }
        return OptionalDouble.of(value);
    }

    private static Map<String, String> checksums(ConfigFile config) throws ModelException {
        var checksums = new TreeMap<String, String>();
        Optional<ConfigFile> section = config.section("sha256");
        if (section.isPresent()) {
            for (String path : section.get().names()) {
                checksums.put(path, section.get().text(path, "").toLowerCase(Locale.ROOT));
            }
        }
        return checksums;
    }
}
