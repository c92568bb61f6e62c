package dev.noisediffusion.app;

/** Whether there is a screen to open a window on. */
final class Display {
    private Display() {}

    static boolean isPresent() {
        if (!System.getProperty("os.name").equals("Linux") || "Headless".equals(System.getProperty("glass.platform"))) {
            return true;
        }
        return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
    }

    private static boolean isSet(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isBlank();
    }
}
