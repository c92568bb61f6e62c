package dev.noisediffusion.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads constants the way options are written: in lower case, with dashes. */
record EnumConverter<E extends Enum<E>>(Class<E> type) implements ITypeConverter<E> {
    /** Makes a command line read this enum so. */
    static <E extends Enum<E>> void register(CommandLine commandLine, Class<E> type) {
        commandLine.registerConverter(type, new EnumConverter<>(type));
    }

    @Override
    public E convert(String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> optionOf(constant).equals(value.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected " + choices() + ", found '" + value + "'"));
    }

    private String choices() {
        return Arrays.stream(type.getEnumConstants())
                .map(EnumConverter::optionOf)
                .collect(Collectors.joining(", "));
    }

    private static String optionOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
