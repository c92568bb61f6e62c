package dev.noisediffusion.app;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.export.ExportSettings;
import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.files.Folders;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.MorphRequest;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code mvn compile exec:exec} runs: the studio with the sample photographs, or their morph where no window can be. */
@Command(
        name = "sample",
        hidden = true,
        mixinStandardHelpOptions = true,
        description =
                "Opens the window with the sample photographs; without a display renders their morph into a folder.")
final class SampleCommand extends StudioSubcommand implements Callable<Integer> {
    private final Installation installation;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "Where a morph without a window goes")
    private Path output = Path.of("");

    SampleCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        List<Path> samples = installation.samplePair();
        Optional<String> refusal = StudioApplication.open(installation, samples);
        if (refusal.isEmpty()) {
            return ExitCode.OK;
        }
        PrintWriter out = out();
        out.println(refusal.get() + " Rendering the sample morph into files instead.");
        out.flush();
        render(samples);
        return ExitCode.OK;
    }

    private void render(List<Path> samples) throws Exception {
        var keyframes = new ArrayList<Keyframe>();
        for (Path sample : samples) {
            keyframes.add(new Keyframe(sample.getFileName().toString(), new ImageLoader().load(sample)));
        }
        ModelLayout starter = ModelLayout.read(installation.starterModel());
        var request = new MorphRequest(keyframes, Suggestion.settings(starter.manifest()));
        Files.createDirectories(output);
        var films = new ArrayList<FilmTarget>();
        for (FilmFormat format : List.of(FilmFormat.MP4, FilmFormat.GIF, FilmFormat.PNG_SEQUENCE)) {
            String name = format == FilmFormat.PNG_SEQUENCE ? "frames" : "morph" + format.extension();
            // Films take the places of earlier ones once they are whole; a folder of pictures has to be new.
            if (format == FilmFormat.PNG_SEQUENCE) {
                Folders.delete(output.resolve(name));
            }
            films.add(new FilmTarget(output.resolve(name), ExportSettings.defaults(format)));
        }
        try (var ctrlC = new CtrlC();
                DiffusionModel model =
                        ctrlC.token().during(() -> Models.engine().open(starter))) {
            new FilmWriter(model).write(List.of(request), films, progress(false), ctrlC.token());
        }
        for (FilmTarget film : films) {
            out().println(film.target().toAbsolutePath());
        }
    }
}
