package dev.noisediffusion;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The walls of docs/architecture.md. Arrows go down only. */
@AnalyzeClasses(packages = "dev.noisediffusion", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    private static final String BASE = "dev.noisediffusion.";

    /** Package, and the packages it may use. */
    private static final Map<String, List<String>> WALLS = Map.ofEntries(
            Map.entry("ui.view", List.of("ui.viewmodel")),
            Map.entry("ui.fx", List.of("ui.viewmodel", "job")),
            Map.entry(
                    "ui.viewmodel",
                    List.of("lab", "measure", "morph", "library", "model", "image", "export", "project", "job")),
            Map.entry("lab", List.of("measure", "morph", "project", "image", "export", "diffusion", "tensor", "job")),
            Map.entry("measure", List.of("diffusion", "image", "tensor", "job")),
            Map.entry("critic", List.of("project", "measure", "diffusion", "image", "tensor", "job")),
            Map.entry("project", List.of("morph", "image", "job")),
            Map.entry("export", List.of("image", "job")),
            Map.entry("morph", List.of("diffusion", "image", "tensor", "job")),
            Map.entry("onnx", List.of("model", "diffusion", "image", "tensor", "job")),
            Map.entry("library", List.of("model", "project", "job")),
            Map.entry("remote", List.of("diffusion", "tensor", "job")),
            Map.entry("model", List.of("diffusion", "tensor", "job")),
            Map.entry("diffusion", List.of("tensor")),
            Map.entry("image", List.of("tensor", "job")),
            Map.entry("tensor", List.of()),
            Map.entry("job", List.of()));

    @ArchTest
    static void everyPackageUsesOnlyWhatLiesBelow(JavaClasses house) {
        WALLS.forEach((name, below) -> {
            String[] allowed = Stream.concat(Stream.of(name), below.stream())
                    .map(HouseRulesTest::packageNamed)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(packageNamed(name))
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("dev.noisediffusion..").and(not(resideInAnyPackage(allowed))))
                    .check(house);
        });
    }

    @ArchTest
    static void everyPackageButTheAppHasItsWalls(JavaClasses house) {
        for (JavaClass inhabitant : house) {
            String name = inhabitant.getPackageName().substring(BASE.length());
            assertTrue(name.equals("app") || WALLS.containsKey(name), "No wall for " + name);
        }
    }

    private static String packageNamed(String name) {
        return BASE + name;
    }

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching(BASE + "(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyOnnxTalksToOnnxRuntime = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + "onnx..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule onlyTheCriticUsesDeeplearning4j = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + "critic..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..");

    @ArchTest
    static final ArchRule modelFoldersKnowNoNetwork = noClasses()
            .that()
            .resideInAPackage(BASE + "model..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..");

    @ArchTest
    static final ArchRule onlyTheFxLayerStartsTasks = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + "ui.fx..", BASE + "app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javafx.concurrent..")
            .orShould()
            .callMethod(javafx.application.Platform.class, "runLater", Runnable.class);

    @ArchTest
    static final ArchRule viewModelsKnowNoNodes = noClasses()
            .that()
            .resideInAPackage(BASE + "ui.viewmodel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "javafx.scene..", "javafx.stage..", "javafx.application..", "javafx.animation..", "java.awt..");

    @ArchTest
    static final ArchRule nothingBelowTheWindowKnowsJavaFx = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + "ui..", BASE + "app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javafx..");

    @ArchTest
    static final ArchRule noStateIsStatic =
            fields().that().areStatic().should().beFinal().because("static mutable state cannot be tested or closed");

    @ArchTest
    static final ArchRule nothingBelowTheCommandLinePrints = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + "app..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .that()
            .haveSimpleName("package-info")
            .should()
            .beAnnotatedWith(org.jspecify.annotations.NullMarked.class);
}
