package dev.noisediffusion.app;

import dev.noisediffusion.library.Bytes;
import dev.noisediffusion.library.CatalogueEntry;
import dev.noisediffusion.library.CatalogueFile;
import dev.noisediffusion.library.FileCheck;
import dev.noisediffusion.library.LibraryModel;
import dev.noisediffusion.model.ModelException;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code models} says. */
final class ModelTexts {
    private static final String ROW = "%-24s  %8s  %-12s  %-14s  %s%n";

    private final PrintWriter out;

    ModelTexts(PrintWriter out) {
        this.out = out;
    }

    void list(Library library) throws ModelException {
        var there = new HashSet<String>();
        long bytes = 0;
        out.printf(ROW, "ID", "SIZE", "STATE", "LICENCE", "NAME");
        for (LibraryModel model : library.models().models()) {
            there.add(model.id());
            bytes += model.bytes();
            out.printf(
                    ROW,
                    model.id(),
                    Bytes.text(model.bytes()),
                    model.isUsable() ? state(model) : "unusable",
                    model.licence().isEmpty() ? "not stated" : model.licence(),
                    model.name());
        }
        for (CatalogueEntry entry : library.models().catalogue().models()) {
            if (!there.contains(entry.id())) {
                long arrived = library.models().arrived(entry);
                out.printf(
                        ROW,
                        entry.id(),
                        Bytes.text(entry.bytes()),
                        arrived == 0 ? "to download" : 100 * arrived / entry.bytes() + " % arrived",
                        entry.licence(),
                        entry.name());
            }
        }
        out.printf(
                "%s on disk; %s free in %s%n",
                Bytes.text(bytes),
                Bytes.text(library.models().freeBytes()),
                library.models().root());
    }

    void info(Optional<LibraryModel> model, Optional<CatalogueEntry> entry) {
        model.ifPresent(there -> {
            out.println(there.name() + " (" + there.id() + ")");
            say("", there.description());
            say("Licence: ", there.licence());
            say("Size: ", Bytes.text(there.bytes()));
            say("State: ", state(there));
            say("Folder: ", there.folder().toString());
            say("Cannot be opened: ", there.problem());
        });
        entry.ifPresent(offered -> {
            if (model.isEmpty()) {
                out.println(offered.name() + " (" + offered.id() + ")");
                say("", offered.goodFor());
                say("Licence: ", offered.licence() + "  " + offered.licencePage());
                say("Size: ", "about " + Bytes.text(offered.bytes()));
                say("State: ", "to download");
            }
            say("By: ", offered.attribution());
            say("Page: ", offered.page().toString());
            say("Access: ", offered.gated() ? "its owner asks for an account, consent and a token" : "");
            for (CatalogueFile file : offered.files()) {
                say(
                        "  ",
                        file.path() + "  "
                                + file.checksum().map(sum -> "SHA-256 " + sum).orElse("not verified"));
            }
        });
    }

    void checks(LibraryModel model, List<FileCheck> checks) {
        out.println(model.name() + " (" + model.id() + ")");
        for (FileCheck check : checks) {
            String verdict = switch (check.verdict()) {
                case VERIFIED -> "verified";
                case UNCHANGED -> "not verified: no published checksum; unchanged since its studio.json was written";
                case NOT_VERIFIED -> "not verified: no checksum";
                case DAMAGED -> "DAMAGED: get the model again from where it came";
                case MISSING -> "MISSING: get the model again from where it came";
            };
            out.println("  " + check.path() + ": " + verdict);
        }
    }

    private void say(String label, String text) {
        if (!text.isBlank()) {
            out.println("  " + label.stripTrailing() + (label.isBlank() ? "" : " ") + text);
        }
    }

    private static String state(LibraryModel model) {
        return model.origin().name().toLowerCase(Locale.ROOT);
    }
}
