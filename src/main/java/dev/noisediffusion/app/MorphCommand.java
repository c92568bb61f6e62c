package dev.noisediffusion.app;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.export.ExportSettings;
import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.export.FrameSinks;
import dev.noisediffusion.export.Playback;
import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.Prompting;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.project.PresetFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Renders a morph into a file. */
@Command(
        name = "morph",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {"Renders a morph through two or more pictures into a film.", ""},
        footer = {
            "",
            "Examples:",
            "  noisediffusion morph a.jpg b.jpg -o out.mp4",
            "  noisediffusion morph a.jpg b.jpg c.jpg -o out.gif --frames 49 --closed",
            "  noisediffusion morph a.jpg b.jpg -o beside-slerp.mp4 --compare slerp"
        })
final class MorphCommand extends StudioSubcommand implements Callable<Integer> {
    private static final ExportSettings USUAL = ExportSettings.defaults(FilmFormat.MP4);

    private final Installation installation;
    private final UserFolders user;

    // Of "2..*" picocli wants two after each option too, and takes a mistyped option there for a picture.
    // That there are two in all, MorphRequest sees to.
    @Parameters(arity = "1", paramLabel = "PICTURE", description = "The pictures, in order; two or more")
    private List<Path> pictures = List.of();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = {
                "By its ending: .mp4, .webm, .gif, .webp, .apng (animated PNG), .png (contact sheet: all frames on one"
                        + " picture), or a folder name without ending for numbered PNG files.",
                "A file that is there is replaced; a folder has to be new or empty.",
                "May be given more than once."
            })
    private List<Path> outputs = List.of();

    @Option(names = "--model", paramLabel = "DIR|ID", description = Library.NAMES + ". Default: the starter model")
    private @Nullable String model;

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "WHERE",
            description = "Where the network runs: " + DeviceChoice.FORMS + ". Default: ${DEFAULT-VALUE}")
    private String device = "auto";

    @Option(
            names = "--compare",
            paramLabel = "METHOD",
            description = "Puts the same frames, made with another method, on the right")
    private @Nullable MethodName compare;

    @Mixin
    private final MorphOptions morph = new MorphOptions();

    @Option(names = "--fps", paramLabel = "N", description = "Frames a second. Default: ${DEFAULT-VALUE}")
    private int fps = USUAL.fps();

    @Option(
            names = "--quality",
            paramLabel = "0..100",
            description = "Quality of a video or WebP. Default: ${DEFAULT-VALUE}")
    private int quality = USUAL.quality();

    @Option(
            names = "--size",
            paramLabel = "1..8",
            description = "Enlargement, as a multiple of the model's size. Default: ${DEFAULT-VALUE}")
    private int size = USUAL.sizeMultiple();

    @Option(
            names = "--playback",
            paramLabel = "HOW",
            description = "once, loop or ping-pong. Default: ping-pong, or loop with --closed or --repeats; a folder of"
                    + " numbered PNG files has each frame once")
    private @Nullable Playback playback;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = {
                "How often a video loops or goes there and back. Default: ${DEFAULT-VALUE}",
                "A GIF, WebP or animated PNG does so for ever; what is played once is not repeated."
            })
    private int repeats = USUAL.repeats();

    @Option(
            names = "--frames-range",
            paramLabel = "FIRST:LAST",
            converter = FrameRange.Converter.class,
            description = {
                "Only frames FIRST to LAST of the film, counted from 1, as numbered PNG files with the names they have in the"
                        + " whole.",
                "So that several machines share one film: all ranges together are the whole, on processors byte for"
                        + " byte; a GPU's frames agree to within rounding."
            })
    private @Nullable FrameRange range;

    @Option(names = "--quiet", description = "No progress on the error stream")
    private boolean quiet;

    MorphCommand(Installation installation, UserFolders user) {
        this.installation = installation;
        this.user = user;
    }

    @Override
    public Integer call() throws Exception {
        ModelLayout layout = ModelLayout.read(Library.modelFolder(installation, user, model));
        morph.beginWith(
                Suggestion.values(layout.manifest()),
                PresetFolder.of(user),
                commandLine().getParseResult()::hasMatchedOption);
        MorphSettings settings = morph.settings();
        MorphPath path = morph.path(pictures.size());
        DeviceChoice where = DeviceChoice.parse(device);
        var films = new ArrayList<FilmTarget>();
        requirePlacesOfTheirOwn();
        for (Path output : outputs) {
            FilmFormat format = format(output);
            films.add(
                    new FilmTarget(output, new ExportSettings(format, fps, quality, size, playback(format), repeats)));
            FrameSinks.checkTarget(output, format);
        }
        if (range != null) {
            requireNumberedFiles();
        }
        var keyframes = new ArrayList<Keyframe>();
        var loader = new ImageLoader();
        for (Path picture : pictures) {
            keyframes.add(new Keyframe(String.valueOf(picture.getFileName()), loader.load(picture)));
        }
        var requests = new ArrayList<MorphRequest>();
        requests.add(new MorphRequest(keyframes, path, settings));
        if (compare != null) {
            requests.add(requests.getFirst().withMethod(morph.method(compare)));
        }
        ProgressListener progress = progress(quiet);
        try (var ctrlC = new CtrlC();
                Models.Opened opened =
                        ctrlC.token().during(() -> Models.open(layout, where, Models.Resources.ofUser(), err()))) {
            checkPrompts(settings.prompting(), opened.model());
            new FilmWriter(opened.model()).write(requests, films, Optional.ofNullable(range), progress, ctrlC.token());
        }
        outputs.forEach(out()::println);
        return ExitCode.OK;
    }

    /**
     * Refuses an output that would take the place of a picture or of another output, or lie in one; an earlier film may be
     * replaced.
     */
    private void requirePlacesOfTheirOwn() throws IOException {
        var places = new HashSet<Path>();
        for (Path output : outputs) {
            Path place = place(output);
            if (!places.add(place)) {
                throw new IllegalArgumentException(
                        "-o " + output + " is given twice: leave one away, or choose another name.");
            }
            for (Path other : outputs) {
                if (!place.equals(place(other)) && place.startsWith(place(other))) {
                    throw new IllegalArgumentException(
                            "-o " + output + " lies in -o " + other + ": choose a place beside it.");
                }
            }
            for (Path picture : pictures) {
                if (Files.exists(output) && Files.exists(picture) && Files.isSameFile(output, picture)) {
                    throw new IllegalArgumentException(
                            "-o " + output + " is one of the pictures, which it would replace: choose another name.");
                }
            }
        }
    }

    private static Path place(Path output) {
        return output.toAbsolutePath().normalize();
    }

    /** Refuses words to a model that reads none, and says which of them it has no room for. */
    private void checkPrompts(Prompting prompting, DiffusionModel opened) {
        if (!prompting.equals(Prompting.NONE) && !opened.network().readsPrompts()) {
            throw new IllegalArgumentException(
                    "The model '" + opened.name() + "' reads no prompts: leave --prompt,"
                            + " --prompt-to, --negative-prompt and --guidance away, or choose a Stable Diffusion model with --model.");
        }
        for (String prompt : List.of(prompting.prompt(), prompting.promptTo(), prompting.negative())) {
            String unread = opened.network().unread(prompt);
            if (!unread.isEmpty()) {
                err().println("The prompt is longer than the model reads; without effect: \"" + unread + "\"");
            }
        }
    }

    /** What is asked for. Else a film of a closed path loops, so that no seam is seen, and so does one that is repeated. */
    private Playback playback(FilmFormat format) {
        if (playback != null) {
            return playback;
        }
        Playback usual = ExportSettings.defaults(format).playback();
        return usual != Playback.ONCE && (morph.isClosed() || areRepeatsGiven()) ? Playback.LOOP : usual;
    }

    private boolean areRepeatsGiven() {
        return commandLine().getParseResult().hasMatchedOption("--repeats");
    }

    private void requireNumberedFiles() {
        if (areRepeatsGiven()
                || playback(FilmFormat.PNG_SEQUENCE) != Playback.ONCE
                || outputs.stream().anyMatch(output -> format(output) != FilmFormat.PNG_SEQUENCE)) {
            throw new IllegalArgumentException("A range of frames is written as numbered PNG files: give -o a folder"
                    + " name without ending, and neither --playback nor --repeats.");
        }
    }

    private static FilmFormat format(Path output) {
        return FilmFormat.of(output)
                .orElseThrow(
                        () -> new IllegalArgumentException("The studio writes .mp4, .webm, .gif, .webp, .apng and .png"
                                + " files and folders of PNG files; the name '" + output.getFileName()
                                + "' is none of these."));
    }
}
