package dev.noisediffusion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a Java program in a process of its own, with the classes of the tests. */
public final class JavaCommand {
    private JavaCommand() {}

    /**
     * The command of a program.
     *
     * @param options of the virtual machine, beside those that every such process needs
     */
    public static List<String> of(List<String> options, Class<?> program, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        // It ends before better code would pay, or more threads that collect garbage.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        // The user of the tests, as the build names them, unless the options say otherwise.
        for (String shared : List.of("user.home", "org.bytedeco.javacpp.cachedir")) {
            String value = System.getProperty(shared);
            if (value != null) {
                command.add("-D" + shared + "=" + value);
            }
        }
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }
}
