package dev.noisediffusion.app;

import dev.noisediffusion.critic.Critic;
import dev.noisediffusion.critic.CriticException;
import dev.noisediffusion.critic.CriticFile;
import dev.noisediffusion.critic.CriticReport;
import dev.noisediffusion.critic.CriticSettings;
import dev.noisediffusion.critic.CriticTrainer;
import dev.noisediffusion.critic.Invalidity;
import dev.noisediffusion.critic.Judgement;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.model.ModelLayout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The artifact critic: trained on the user's photographs, asked about pictures. */
@Command(
        name = "critic",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {"Trains a small network that finds artifacts in a model's frames, and asks it.", ""},
        footer = {
            "",
            "Examples:",
            "  noisediffusion critic train --photos my/flowers",
            "  noisediffusion critic score frame-*.png --heat-maps maps"
        })
final class CriticCommand extends CommandGroup {
    private final Installation installation;
    private final UserFolders user;

    @Option(
            names = "--model",
            paramLabel = "DIR|ID",
            scope = ScopeType.INHERIT,
            description = Library.NAMES + ". Default: the starter model")
    private @Nullable String model;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "No progress on the error stream")
    private boolean quiet;

    CriticCommand(Installation installation, UserFolders user) {
        this.installation = installation;
        this.user = user;
    }

    /** Where the critics of a user lie. */
    static CriticFile files(UserFolders user) {
        return new CriticFile(user.data().resolve("critics"));
    }

    @Command(
            name = "train",
            mixinStandardHelpOptions = true,
            description = {
                "Trains the critic of a model on photographs of what the model knows, examines it on those it has not seen,"
                        + " and keeps it.",
                "Exit code 1 where it turns out not good enough to use; a good one from before is then kept instead."
            })
    int train(
            @Option(names = "--photos", required = true, paramLabel = "DIR", description = "The photographs' folder")
                    Path photos,
            @Option(
                            names = "--limit",
                            defaultValue = "100",
                            paramLabel = "N",
                            description = "Photographs to use at most. Default: ${DEFAULT-VALUE}")
                    int limit,
            @Option(
                            names = "--updates",
                            defaultValue = "300",
                            paramLabel = "N",
                            description = "Length of the training. Default: ${DEFAULT-VALUE}")
                    int updates,
            @Option(
                            names = "--device",
                            defaultValue = "auto",
                            paramLabel = "WHERE",
                            description =
                                    "Where the network runs: " + DeviceChoice.FORMS + ". Default: ${DEFAULT-VALUE}")
                    String device)
            throws Exception {
        CriticSettings settings = CriticSettings.USUAL.withPhotographs(limit).withUpdates(updates);
        DeviceChoice where = DeviceChoice.parse(device);
        try (var ctrlC = new CtrlC()) {
            return ctrlC.token().during(() -> train(photos, settings, where, ctrlC.token()));
        }
    }

    private int train(Path photos, CriticSettings settings, DeviceChoice where, CancellationToken cancellation)
            throws Exception {
        PrintWriter err = err();
        files(user).requireWritable();
        ModelLayout layout = ModelLayout.read(Library.modelFolder(installation, user, model));
        try (Models.Opened opened = Models.open(layout, where, Models.Resources.ofUser(), err)) {
            DiffusionModel judged = opened.model();
            List<Picture> pictures = PhotoFolder.load(
                    photos, judged.width(), judged.height(), settings.photographs(), err::println, cancellation);
            try (Critic critic = new CriticTrainer(settings).train(judged, pictures, progress(quiet), cancellation)) {
                print(critic.report());
                keep(critic);
                return critic.report().refusal().isPresent() ? ExitCode.CHECK_FAILED : ExitCode.OK;
            }
        }
    }

    private void keep(Critic critic) throws CriticException {
        PrintWriter err = err();
        critic.report().refusal().ifPresent(err::println);
        CriticFile files = files(user);
        files.keep(critic)
                .ifPresentOrElse(
                        objection -> err.println(objection.getMessage()),
                        () -> out().println("Kept in " + files.of(critic.modelId())));
    }

    private void print(CriticReport report) {
        PrintWriter out = out();
        out.printf(
                Locale.ROOT,
                "Held out: %d photographs, %d pictures%nAccuracy: %.3f%nAUC: %.3f (95 %% interval %.3f to %.3f)%n"
                        + "Calibration error: %.3f%n",
                report.photographs(),
                report.pictures(),
                report.accuracy(),
                report.auc().mean(),
                report.auc().low(),
                report.auc().high(),
                report.calibrationError());
        for (Map.Entry<Invalidity, Double> kind : report.aucByKind().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
            out.printf(
                    Locale.ROOT,
                    "  AUC of %s: %.3f%n",
                    kind.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    kind.getValue());
        }
    }

    @Command(
            name = "score",
            mixinStandardHelpOptions = true,
            description = {
                "Prints how probably each picture has artifacts, from 0 to 1, with the critic trained for the model.",
                "Pictures of another size are cropped and scaled to the model's first."
            })
    int score(
            @Parameters(arity = "1..*", paramLabel = "FILE", description = "The pictures") List<Path> pictures,
            @Option(
                            names = "--heat-maps",
                            paramLabel = "DIR",
                            description = "Also writes where the artifacts are, as PNG files; equal names are numbered")
                    @Nullable
                    Path maps)
            throws Exception {
        try (var ctrlC = new CtrlC()) {
            return ctrlC.token().during(() -> score(pictures, maps, ctrlC.token()));
        } catch (CancellationException e) {
            err().println("Cancelled; what was scored until then is whole.");
            return ExitCode.CANCELLED;
        }
    }

    private int score(List<Path> pictures, @Nullable Path maps, CancellationToken cancellation) throws Exception {
        try (DiffusionModel opened = Models.open(Library.modelFolder(installation, user, model));
                Critic critic = files(user)
                        .load(opened.id())
                        .orElseThrow(() -> new IllegalArgumentException("There is no critic of the model '"
                                + opened.name() + "' yet: 'noisediffusion critic train --photos DIR"
                                + (model == null ? "" : " --model " + model) + "' trains one."))) {
            var loader = new ImageLoader();
            var names = new HashSet<String>();
            for (Path file : pictures) {
                cancellation.throwIfCancelled();
                Judgement judgement = score(file, loader, critic, opened);
                if (maps != null) {
                    write(judgement.heatMap(opened.width(), opened.height()), maps.resolve(mapName(file, names)));
                }
            }
        }
        return ExitCode.OK;
    }

    private Judgement score(Path file, ImageLoader loader, Critic critic, DiffusionModel opened)
            throws ImageException, CriticException {
        Picture picture = Resampler.crop(loader.load(file), Crop.CENTER, opened.width(), opened.height());
        Judgement judgement = critic.judge(picture);
        out().printf(Locale.ROOT, "%.3f  %s%n", judgement.score(), file);
        return judgement;
    }

    /**
     * The name of a picture's heat map, numbered where another of this call has it: pictures of several folders may have one
     * name.
     *
     * @param used in small letters, as some file systems see no others
     */
    private static String mapName(Path file, Set<String> used) {
        String base = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]+$", "");
        String name = base;
        for (int number = 2; !used.add(name.toLowerCase(Locale.ROOT)); number++) {
            name = base + "-" + number;
        }
        return name + "-heat.png";
    }

    private static void write(Picture map, Path file) throws ExportException {
        try {
            Files.createDirectories(file.getParent());
            PngFile.write(map, file, Map.of());
        } catch (IOException e) {
            throw new ExportException(
                    file + " could not be written: check that the folder may be written and the disk has room, or"
                            + " choose another with --heat-maps.",
                    e);
        }
    }
}
