package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.library.CatalogueEntry;
import dev.noisediffusion.library.FileCheck;
import dev.noisediffusion.library.LibraryModel;
import dev.noisediffusion.library.Origin;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the list of models says, in the user's language. */
final class ModelWords {
    private final Texts texts;

    ModelWords(Texts texts) {
        this.texts = texts;
    }

    String facts(LibraryModel model) {
        String origin = texts.get(
                "models.origin." + model.origin().name().toLowerCase(Locale.ROOT),
                model.folder().toString());
        String licence = model.licence().isEmpty() ? texts.get("models.licence.unknown") : model.licence();
        return texts.get("models.facts", licence, texts.bytes(model.bytes()), origin);
    }

    /** Why a model cannot be opened, empty if it can. */
    String problem(LibraryModel model) {
        return model.trouble().map(texts::trouble).orElse("");
    }

    String facts(CatalogueEntry entry) {
        return texts.get("models.facts.offered", entry.licence(), texts.bytes(entry.bytes()));
    }

    ModelQuestion licence(ModelRow row, CatalogueEntry entry) {
        String text = texts.get(
                "models.licence.text",
                texts.bytes(entry.bytes()),
                entry.attribution(),
                entry.licence(),
                entry.goodFor());
        String unverified = entry.verifiable() ? "" : "\n\n" + texts.get("models.licence.notVerified");
        return new ModelQuestion(
                ModelQuestion.Kind.LICENCE,
                row,
                Optional.empty(),
                texts.get("models.licence.title", entry.name()),
                text + unverified,
                entry.licencePage().toString(),
                "");
    }

    ModelQuestion removal(ModelRow row, LibraryModel model) {
        String key = model.origin() == Origin.INSTALLED ? "models.remove.delete" : "models.remove.forget";
        String inUse = row.inUseProperty().get() ? "\n\n" + texts.get("models.remove.inUse") : "";
        return new ModelQuestion(
                ModelQuestion.Kind.REMOVAL,
                row,
                Optional.of(model),
                texts.get("models.remove.title", row.name()),
                texts.get(key, model.folder().toString(), texts.bytes(model.bytes())) + inUse,
                "",
                "");
    }

    ModelQuestion token(ModelRow row, CatalogueEntry entry) {
        String host = entry.files().getFirst().host();
        return new ModelQuestion(
                ModelQuestion.Kind.TOKEN,
                row,
                Optional.empty(),
                texts.get("models.token.title", row.name()),
                texts.get("models.token.text", host),
                entry.page().toString(),
                host);
    }

    String progress(Progress progress, CatalogueEntry entry) {
        String done = texts.bytes(Math.round(progress.fraction() * entry.bytes()));
        String all = texts.bytes(entry.bytes());
        if (progress.activity() instanceof Activity.Work doing) {
            return texts.get("models.progress.doing", done, all, texts.activity(doing));
        }
        return progress.remaining()
                .map(left -> texts.get("models.progress.left", done, all, texts.left(left)))
                .orElse(texts.get("models.progress", done, all));
    }

    String verdict(List<FileCheck> checks) {
        List<String> bad = checks.stream()
                .filter(check -> check.verdict().isBad())
                .map(FileCheck::path)
                .toList();
        if (!bad.isEmpty()) {
            return texts.get("models.damaged", String.join(", ", bad));
        }
        List<FileCheck> weights = checks.stream()
                .filter(check ->
                        check.path().endsWith(".safetensors") || check.path().endsWith(".onnx"))
                .toList();
        boolean weightsVerified =
                !weights.isEmpty() && weights.stream().allMatch(check -> check.verdict() == FileCheck.Verdict.VERIFIED);
        boolean unchanged = checks.stream().anyMatch(check -> check.verdict() == FileCheck.Verdict.UNCHANGED);
        return texts.get(weightsVerified ? "models.verified" : unchanged ? "models.unchanged" : "models.notVerified");
    }
}
