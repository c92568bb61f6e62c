package dev.noisediffusion.export;

import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.TestImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Loader;

/** Makes test frames and takes finished films apart again with the bundled FFmpeg. */
public final class Films {
    private Films() {}

    static List<Picture> frames(int count, int width, int height) {
        return IntStream.range(0, count)
                .mapToObj(i -> TestImages.waves(width, height, 0.4 * i))
                .toList();
    }

    static void writeAll(FrameSink sink, List<Picture> frames) throws IOException {
        for (Picture frame : frames) {
            sink.write(frame);
        }
    }

    /** The frames of a film, in the order in which they are shown. */
    public static List<Picture> decode(Path film, int width, int height) throws Exception {
        byte[] raw = run(
                Loader.load(org.bytedeco.ffmpeg.ffmpeg.class),
                "-v",
                "error",
                "-i",
                film.toString(),
                "-fps_mode",
                "passthrough",
                "-vf",
                "scale=flags=accurate_rnd+full_chroma_int",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "rgb24",
                "pipe:1");
        int frameBytes = 3 * width * height;
        if (raw.length % frameBytes != 0) {
            throw new IOException(
                    "Expected whole frames of " + width + "x" + height + ", found " + raw.length + " bytes");
        }
        var frames = new ArrayList<Picture>();
        for (int at = 0; at < raw.length; at += frameBytes) {
            frames.add(Picture.wrap(width, height, Arrays.copyOfRange(raw, at, at + frameBytes)));
        }
        return frames;
    }

    /** The frames of an animated WebP, each taken out and read as a still. */
    static List<Picture> decodeWebp(Path film) throws Exception {
        var frames = new ArrayList<Picture>();
        for (byte[] still : webpStills(film)) {
            frames.add(new ImageLoader().load(still, "frame"));
        }
        return frames;
    }

    /** The frames of an animated WebP, each as a file of its own. */
    static List<byte[]> webpStills(Path film) throws IOException {
        var stills = new ArrayList<byte[]>();
        for (byte[] frame : webpFrames(film)) {
            ByteBuffer still = ByteBuffer.allocate(12 + frame.length - 16).order(ByteOrder.LITTLE_ENDIAN);
            still.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(frame.length - 16 + 4);
            still.put("WEBP".getBytes(StandardCharsets.US_ASCII)).put(frame, 16, frame.length - 16);
            stills.add(still.array());
        }
        return stills;
    }

    /** How long an animated WebP takes. */
    static int webpMillis(Path film) throws IOException {
        return webpFrames(film).stream()
                .mapToInt(frame -> (frame[12] & 0xff) + 256 * (frame[13] & 0xff) + 65_536 * (frame[14] & 0xff))
                .sum();
    }

    private static List<byte[]> webpFrames(Path film) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(film)).order(ByteOrder.LITTLE_ENDIAN);
        if (file.getInt(4) != file.capacity() - 8) {
            throw new IOException("Expected a length of " + (file.capacity() - 8) + ", found " + file.getInt(4));
        }
        var frames = new ArrayList<byte[]>();
        for (int at = 12; at < file.capacity(); ) {
            int length = file.getInt(at + 4);
            if (new String(file.array(), at, 4, StandardCharsets.US_ASCII).equals("ANMF")) {
                frames.add(Arrays.copyOfRange(file.array(), at + 8, at + 8 + length));
            }
            at += 8 + length + length % 2;
        }
        return frames;
    }

    /** What ffprobe says about the video stream, as key=value lines. */
    public static String describe(Path film) throws Exception {
        byte[] text = run(
                Loader.load(org.bytedeco.ffmpeg.ffprobe.class),
                "-v",
                "error",
                "-select_streams",
                "v:0",
                "-show_streams",
                film.toString());
        return new String(text, StandardCharsets.UTF_8);
    }

    static long entries(Path folder) throws IOException {
        try (var paths = Files.list(folder)) {
            return paths.count();
        }
    }

    private static byte[] run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException("Failed: " + List.of(command));
        }
        return output;
    }
}
