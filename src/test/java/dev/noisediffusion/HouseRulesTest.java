package dev.noisediffusion;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The walls that the table in docs/architecture.md draws. Arrows go down only. */
@AnalyzeClasses(packages = "dev.noisediffusion", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    private static final String BASE = "dev.noisediffusion.";

    /** A row of the table: package, what it owns, the packages it may use. */
    private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\|.*\\| ([^|]*) \\|");

    private static final String EVERYTHING = "all";
    private static final String NOTHING = "-";

    /** Package, and the packages it may use, as the table has them; those that may use everything have no wall. */
    private static Map<String, List<String>> walls() {
        return ROW.matcher(document())
                .results()
                .filter(row -> !row.group(2).equals(EVERYTHING))
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> row.group(2).equals(NOTHING)
                                ? List.of()
                                : List.of(row.group(2).split(", "))));
    }

    private static String document() {
        try {
            return Files.readString(Path.of("docs", "architecture.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ArchTest
    static void everyPackageUsesOnlyWhatLiesBelow(JavaClasses house) {
        walls().forEach((name, below) -> {
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
        Set<String> walled = walls().keySet();
        Set<String> inhabited = house.stream()
                .map(inhabitant -> inhabitant.getPackageName().substring(BASE.length()))
                .filter(name -> !name.equals("app"))
                .collect(Collectors.toSet());
        assertEquals(inhabited, walled);
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
    static final ArchRule onlyTheWebMakesHttpClients = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + "web..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(java.net.http.HttpClient.class);

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
    static void everyPackageIsNullMarked(JavaClasses house) {
        Set<String> marked = house.stream()
                .filter(known ->
                        known.getSimpleName().equals("package-info") && known.isAnnotatedWith(NullMarked.class))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        assertEquals(house.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()), marked);
    }
}
