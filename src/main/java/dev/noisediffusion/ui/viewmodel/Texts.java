package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.Activity;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.FilmRefusal;
import dev.noisediffusion.job.LabRefusal;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.PictureRefusal;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProjectRefusal;
import dev.noisediffusion.job.Refusal;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.library.Bytes;
import java.math.RoundingMode;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the window says, in one language. */
public final class Texts {
    private static final Pattern CTRL_SHIFT = Pattern.compile("\\b(?:Ctrl\\+Shift|Strg\\+Umschalt)\\+");
    private static final Pattern CTRL = Pattern.compile("\\b(?:Ctrl|Strg)\\b\\+?");
    private static final Pattern ALT = Pattern.compile("\\bAlt\\b\\+?");

    private final ResourceBundle bundle;
    private final boolean mac;

    private Texts(ResourceBundle bundle, boolean mac) {
        this.bundle = bundle;
        this.mac = mac;
    }

    /** The texts in a language, in English where there is no translation, with the keys of most keyboards. */
    public static Texts load(Locale locale) {
        return load(locale, "");
    }

    /**
     * The texts in a language, in English where there is no translation.
     *
     * @param system name of the operating system, as the property {@code os.name} has it: on macOS keys are told as menus
     *     write them there
     */
    public static Texts load(Locale locale, String system) {
        var control = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
        return new Texts(
                ResourceBundle.getBundle("dev.noisediffusion.ui.messages", locale, control),
                system.toLowerCase(Locale.ROOT).startsWith("mac"));
    }

    /**
     * A text with its arguments filled in as by {@link MessageFormat}.
     *
     * @throws MissingResourceException if there is no such text
     */
    public String get(String key, Object... arguments) {
        return new MessageFormat(pattern(key), bundle.getLocale()).format(arguments);
    }

    private String pattern(String key) {
        String pattern = bundle.getString(key);
        return mac ? withKeysOfMac(pattern) : pattern;
    }

    /** Before anything is filled in, so that the name of a file stays as it is. */
    private static String withKeysOfMac(String pattern) {
        String shifted = CTRL_SHIFT.matcher(pattern).replaceAll("⇧⌘");
        return ALT.matcher(CTRL.matcher(shifted).replaceAll("⌘")).replaceAll("⌥");
    }

    /** A text that not every thing of its kind has. */
    public Optional<String> find(String key) {
        return bundle.containsKey(key) ? Optional.of(get(key)) : Optional.empty();
    }

    /** A number with its decimals, as it is written in the language. */
    public String number(NumberParameter parameter) {
        return number(parameter.get(), parameter.range().decimals());
    }

    /** A number as it is written in the language. */
    public String number(double value, int decimals) {
        NumberFormat format = NumberFormat.getNumberInstance(bundle.getLocale());
        format.setGroupingUsed(false);
        format.setRoundingMode(RoundingMode.HALF_UP);
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(value);
    }

    /** A number of bytes as it is written in the language, in decimal units: "3.4 GB". */
    String bytes(long bytes) {
        return Bytes.text(bytes, bundle.getLocale());
    }

    /** Names in the quotation marks of the language, one after another. */
    String quoted(Stream<String> names) {
        return names.map(name -> get("quoted", name)).collect(Collectors.joining(get("quoted.next")));
    }

    /** How long something will take, in round words. */
    public String left(Duration left) {
        long seconds = Math.ceilDiv(left.toMillis(), 1000L);
        return seconds < 100
                ? get("status.secondsLeft", seconds)
                : get("status.minutesLeft", Math.ceilDiv(seconds, 60L));
    }

    /** How long work will take, in round words; empty while it is not known. */
    String left(@Nullable Progress progress) {
        return progress == null ? "" : progress.remaining().map(this::left).orElse("");
    }

    /** What a job is doing, in words. */
    public String activity(Activity activity) {
        return switch (activity) {
            case Activity.Work work -> get("activity." + work.name());
            case Activity.EncodingPicture(int number, int count) -> get("activity.encodingPicture", number, count);
            case Activity.Named(String name) -> name;
        };
    }

    /** Why something cannot be had or does not run, in a sentence. */
    public String trouble(Trouble trouble) {
        return switch (trouble) {
            case Trouble.Known known -> get("trouble." + known.name());
            case Trouble.DeviceUnusable(String device, String said) -> get("trouble.deviceUnusable", device, said);
            case Trouble.NoDevice(String choice) -> get("trouble.noDevice", choice);
            case Trouble.ServerFault(Trouble.Fault fault, String server, String details) ->
                get("trouble.server." + fault.name(), server, details);
            case Trouble.Refused(Refusal refusal, List<String> details) ->
                get("trouble." + kind(refusal) + "." + refusal.name(), details(refusal, details));
            case Trouble.InEnglish(String sentence) -> sentence;
        };
    }

    private static String kind(Refusal refusal) {
        return switch (refusal) {
            case ModelRefusal model -> "model";
            case PictureRefusal picture -> "picture";
            case FilmRefusal film -> "film";
            case ProjectRefusal project -> "project";
            case LabRefusal lab -> "lab";
        };
    }

    private Object[] details(Refusal refusal, List<String> details) {
        return refusal == ModelRefusal.NO_ROOM
                ? new Object[] {details.get(0), size(details.get(1)), details.get(2), size(details.get(3))}
                : details.toArray();
    }

    private String size(String detail) {
        return detail.matches("\\d+") ? bytes(Long.parseLong(detail)) : detail;
    }

    /** What happened to a device, in a sentence. */
    public String notice(DeviceNotice notice) {
        return switch (notice) {
            case DeviceNotice.Shrunk(int pictures) -> get("device.memory.shrunk", pictures);
            case DeviceNotice.Moved(String device) -> get("device.memory.moved", device);
            case DeviceNotice.Tiled(int side) -> get("device.memory.tiled", side);
            case DeviceNotice.PicturesMoved(String device) -> get("device.memory.picturesMoved", device);
            case DeviceNotice.ServerLost(String server) -> get("device.server.lost", server);
            case DeviceNotice.ServerBack(String server) -> get("device.server.back", server);
        };
    }

    /** What to tell the user of a failure: its words in the language, the sentence it carries, or that there is none. */
    public String failure(Throwable failure) {
        if (failure instanceof Trouble.Carrier carrier) {
            return trouble(carrier.trouble());
        }
        if (failure instanceof OutOfMemoryError) {
            return get("failure.memory");
        }
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? get("failure.unknown", failure.getClass().getSimpleName())
                : message;
    }
}
