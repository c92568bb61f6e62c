package dev.noisediffusion.ui.view;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.noisediffusion.ui.viewmodel.ThemeChoice;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.util.Subscription;

/** The light and the dark look. */
final class Themes {
    private Themes() {}

    /** Gives a scene the look that is chosen, now and whenever the choice or the system changes. */
    static Subscription follow(Scene scene, ObservableValue<ThemeChoice> choice) {
        ObservableValue<ColorScheme> system = Platform.getPreferences().colorSchemeProperty();
        var dark = Bindings.createBooleanBinding(() -> isDark(choice.getValue(), system.getValue()), choice, system);
        return dark.subscribe(isDark -> apply(scene, isDark));
    }

    static boolean isDark(ThemeChoice choice, ColorScheme system) {
        return switch (choice) {
            case DARK -> true;
            case LIGHT -> false;
            case SYSTEM -> system == ColorScheme.DARK;
        };
    }

    private static void apply(Scene scene, boolean dark) {
        Application.setUserAgentStylesheet((dark ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
        scene.getStylesheets()
                .setAll(List.of(
                        stylesheet(dark ? "dark.css" : "light.css"),
                        stylesheet("controls.css"),
                        stylesheet("studio.css")));
    }

    private static String stylesheet(String name) {
        return Objects.requireNonNull(Themes.class.getResource(name), name).toExternalForm();
    }
}
