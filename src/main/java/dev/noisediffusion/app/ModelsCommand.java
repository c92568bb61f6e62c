package dev.noisediffusion.app;

import dev.noisediffusion.files.UserFolders;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.library.Bytes;
import dev.noisediffusion.library.Catalogue;
import dev.noisediffusion.library.CatalogueEntry;
import dev.noisediffusion.library.DownloadException;
import dev.noisediffusion.library.Downloader;
import dev.noisediffusion.library.FileCheck;
import dev.noisediffusion.library.LibraryModel;
import dev.noisediffusion.library.ModelLibrary;
import dev.noisediffusion.library.Tokens;
import dev.noisediffusion.model.ModelException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The user's models: what there is, what can be had, and how it gets there. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {"Lists, downloads, adds, verifies and removes models.", ""},
        footer = {
            "",
            "Examples:",
            "  noisediffusion models list",
            "  noisediffusion models download ddpm-cat-256",
            "  noisediffusion morph a.jpg b.jpg -o out.mp4 --model ddpm-cat-256"
        })
final class ModelsCommand extends CommandGroup {
    private final Installation installation;
    private final UserFolders user;

    @Option(
            names = "--catalogue",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "A catalogue other than the studio's own")
    private @Nullable Path catalogue;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "No progress on the error stream")
    private boolean quiet;

    ModelsCommand(Installation installation, UserFolders user) {
        this.installation = installation;
        this.user = user;
    }

    private Library library() throws ModelException {
        return Library.of(installation, user, catalogue == null ? Catalogue.ofStudio() : Catalogue.read(catalogue));
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the models that are there, and those that can be downloaded.")
    int list() throws ModelException {
        new ModelTexts(out()).list(library());
        return ExitCode.OK;
    }

    @Command(
            name = "info",
            mixinStandardHelpOptions = true,
            description = "Says what a model is, where it lies or comes from, and its licence.")
    int info(@Parameters(paramLabel = "ID", description = "As the list has it") String id) throws ModelException {
        Library library = library();
        Optional<LibraryModel> model = library.models().find(id);
        Optional<CatalogueEntry> entry = library.models().catalogue().find(id);
        if (model.isEmpty() && entry.isEmpty()) {
            throw unknown(id);
        }
        new ModelTexts(out()).info(model, entry);
        return ExitCode.OK;
    }

    @Command(
            name = "download",
            mixinStandardHelpOptions = true,
            description = {
                "Downloads a model of the catalogue. Ended half-way, it goes on from there the next time.",
                "For a model whose owner asks for consent: accept the conditions on its page, then give your access"
                        + " token with 'models token', or in the variable HF_TOKEN."
            })
    int download(
            @Parameters(paramLabel = "ID", description = "As the list has it") String id,
            @Option(names = "--accept-licence", description = "Do not ask whether the licence is accepted")
                    boolean accepted)
            throws Exception {
        Library library = library();
        CatalogueEntry entry = library.models().catalogue().find(id).orElseThrow(() -> unknown(id));
        // Only the folder is for programs to read.
        PrintWriter err = err();
        err.println(entry.name() + ", about " + Bytes.text(entry.bytes()) + ", by " + entry.attribution());
        err.println("Licence: " + entry.licence() + "  " + entry.licencePage());
        if (!accepted && !asked("Download it under this licence? [y/N] ")) {
            throw new IllegalArgumentException("Nothing was downloaded: the licence was not accepted. Without a"
                    + " terminal, --accept-licence says that you do.");
        }
        try (var ctrlC = new CtrlC();
                var downloader = new Downloader(library.downloads())) {
            return download(entry, downloader, ctrlC.token());
        }
    }

    private int download(CatalogueEntry entry, Downloader downloader, CancellationToken cancellation)
            throws DownloadException, ModelException, InterruptedException {
        try {
            out().println(downloader.download(entry, progress(quiet), cancellation));
            return ExitCode.OK;
        } catch (CancellationException e) {
            err().println("Cancelled; what has arrived is kept, and the same command goes on from there.");
            return ExitCode.CANCELLED;
        }
    }

    @SuppressWarnings("SystemConsoleNull") // it is asked whether it is a terminal, too
    private static boolean asked(String question) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return false;
        }
        String answer = console.readLine("%s", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = {
                "Adds a model to the list: its folder where it lies or as a copy, a single file where it lies.",
                "A zip of a folder is unpacked."
            })
    int add(
            @Parameters(
                            paramLabel = "DIR",
                            description = "The model folder, a file with a whole model, or a zip with a folder in it")
                    Path folder,
            @Option(names = "--copy", description = "Copy the folder into the studio's folder of models") boolean copy)
            throws ModelException {
        Library library = library();
        LibraryModel added;
        try (var ctrlC = new CtrlC()) {
            if (ModelLibrary.isArchive(folder)) {
                added = library.models().unpack(folder, progress(quiet), ctrlC.token());
            } else {
                added = copy
                        ? library.models().copy(folder, progress(quiet), ctrlC.token())
                        : library.models().link(folder);
            }
        }
        out().println(added.id());
        return ExitCode.OK;
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = {
                "Deletes a downloaded or copied model, or what has arrived of one.",
                "One that was added where it lies is only taken off the list."
            })
    int remove(@Parameters(paramLabel = "ID", description = "As the list has it") String id) throws ModelException {
        Library library = library();
        Optional<LibraryModel> model = library.models().find(id);
        if (model.isPresent()) {
            library.models().remove(model.get());
            return ExitCode.OK;
        }
        CatalogueEntry entry = library.models().catalogue().find(id).orElseThrow(() -> unknown(id));
        library.models().discard(entry);
        return ExitCode.OK;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Compares the files of a model, or of all, with their checksums; exit code 1 where one is damaged or"
                        + " missing, or a model cannot be read.",
                "A file without a published checksum is said to be not verified."
            })
    int verify(@Parameters(arity = "0..*", paramLabel = "ID", description = "As the list has it") List<String> ids)
            throws ModelException {
        Library library = library();
        List<LibraryModel> chosen =
                ids == null || ids.isEmpty() ? library.models().models() : chosen(library, ids);
        boolean bad = false;
        try (var ctrlC = new CtrlC()) {
            for (LibraryModel model : chosen) {
                bad |= !isSound(library, model, ctrlC.token());
            }
        }
        return bad ? ExitCode.CHECK_FAILED : ExitCode.OK;
    }

    /** Whether all files of a model are as they should be; one that cannot be read does not end the look at the others. */
    private boolean isSound(Library library, LibraryModel model, CancellationToken cancellation) {
        try {
            List<FileCheck> checks = library.models().verify(model, progress(quiet), cancellation);
            new ModelTexts(out()).checks(model, checks);
            return checks.stream().noneMatch(check -> check.verdict().isBad());
        } catch (ModelException e) {
            err().println(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static List<LibraryModel> chosen(Library library, List<String> ids) throws ModelException {
        var chosen = new ArrayList<LibraryModel>();
        for (String id : ids) {
            chosen.add(library.models().find(id).orElseThrow(() -> unknown(id)));
        }
        return chosen;
    }

    @Command(
            name = "path",
            mixinStandardHelpOptions = true,
            description = "Prints the folder of a model; without one, the studio's folder of models.")
    int path(@Parameters(arity = "0..1", paramLabel = "ID", description = "As the list has it") @Nullable String id)
            throws ModelException {
        Library library = library();
        out().println(
                        id == null
                                ? library.models().root()
                                : library.models()
                                        .find(id)
                                        .orElseThrow(() -> unknown(id))
                                        .folder());
        return ExitCode.OK;
    }

    @Command(
            name = "token",
            mixinStandardHelpOptions = true,
            description = {
                "Keeps your access token for models whose owners ask for one, in a file that only you can read.",
                "The token is asked for, or read from the standard input: never an argument, which others could see."
            })
    int token(
            @Option(
                            names = "--host",
                            defaultValue = Tokens.HUB,
                            paramLabel = "HOST",
                            description = "Whose token it is; it is sent to no other. Default: ${DEFAULT-VALUE}")
                    String host,
            @Option(names = "--remove", description = "Forget the token") boolean remove)
            throws Exception {
        Tokens tokens = library().tokens();
        if (remove) {
            tokens.remove(host);
            return ExitCode.OK;
        }
        Tokens.requireHost(host);
        tokens.save(host, readSecret("Access token for " + host + ": "));
        out().println("Kept in " + tokens.file());
        return ExitCode.OK;
    }

    @SuppressWarnings("SystemConsoleNull") // it is asked whether it is a terminal, too
    private static String readSecret(String question) throws IOException {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] secret = console.readPassword("%s", question);
            return secret == null ? "" : new String(secret);
        }
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }

    private static ModelException unknown(String id) {
        return new ModelException(
                "There is no model \"" + id + "\"; 'noisediffusion models list' shows those there are.");
    }
}
