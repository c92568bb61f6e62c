package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.files.AtomicFile;
import dev.noisediffusion.image.Crop;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.job.LabRefusal;
import dev.noisediffusion.lab.LabException;
import dev.noisediffusion.lab.PictureSet;
import dev.noisediffusion.morph.Keyframe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The photographs that an experiment makes its pairs of. */
sealed interface LabPhotographs {
    /** How many there are. */
    int count();

    /** What tells them from others; for background threads. */
    String identity();

    /**
     * Gets them ready to be read.
     *
     * @param results folder of the run
     * @throws LabException if they cannot be kept there
     */
    PictureSet lay(Path results) throws LabException;

    /**
     * The pictures of the morph, as it uses them. They are kept beside the results: what was dropped or pasted has no file.
     *
     * @param pictures in order
     * @param shape of the model's pictures
     */
    record OfMorph(List<Keyframe> pictures, FrameShape shape) implements LabPhotographs {
        private static final String FOLDER = "photographs";
        /** File systems take 255 bytes, or as many letters, with what stands around the name. */
        private static final int LONGEST_NAME_BYTES = 240;

        /** Each picture once: a morph that comes back to one would pair it with itself. */
        static List<Keyframe> distinct(List<Keyframe> pictures) {
            var distinct = new ArrayList<Keyframe>();
            for (Keyframe picture : pictures) {
                if (distinct.stream().noneMatch(known -> isSame(known, picture))) {
                    distinct.add(picture);
                }
            }
            return List.copyOf(distinct);
        }

        private static boolean isSame(Keyframe one, Keyframe other) {
            return one.crop().equals(other.crop()) && one.picture().equals(other.picture());
        }

        @Override
        public int count() {
            return pictures.size();
        }

        @Override
        public String identity() {
            return pictures.stream()
                    .map(picture -> picture.name() + picture.picture().hash() + identity(picture.crop()))
                    .toList()
                    .toString();
        }

        /** As it was before crops could be mirrored, for those that are not: folders of runs are found by it. */
        private static String identity(Crop crop) {
            return "Crop[centerX=" + crop.centerX() + ", centerY=" + crop.centerY() + ", zoom=" + crop.zoom()
                    + (crop.mirrored() ? ", mirrored" : "") + "]";
        }

        @Override
        public PictureSet lay(Path results) throws LabException {
            Path folder = results.resolve(FOLDER);
            var names = new ArrayList<String>();
            try {
                for (int i = 0; i < pictures.size(); i++) {
                    Keyframe keyframe = pictures.get(i);
                    String name = KeyframesViewModel.letter(i) + " "
                            + shortened(keyframe.name().replaceAll("[^\\p{L}\\p{N}._-]", "-")) + ".png";
                    names.add(name);
                    if (!Files.exists(folder.resolve(name))) {
                        AtomicFile.write(
                                folder.resolve(name),
                                PngFile.bytes(Resampler.crop(
                                        keyframe.picture(), keyframe.crop(), shape.width(), shape.height())));
                    }
                }
            } catch (IOException e) {
                throw new LabException(
                        LabRefusal.PICTURES_NOT_KEPT.with(folder),
                        "The pictures cannot be kept in " + folder + "; free some space.",
                        e);
            }
            return new PictureSet(folder, names);
        }

        /** As many whole letters of a name as a file can have: that of a web picture may be of any length. */
        private static String shortened(String name) {
            var kept = ByteBuffer.allocate(LONGEST_NAME_BYTES);
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name), kept, true);
            return StandardCharsets.UTF_8.decode(kept.flip()).toString();
        }
    }

    /** Those of a folder. */
    record InFolder(PictureSet set) implements LabPhotographs {
        @Override
        public int count() {
            return set.size();
        }

        @Override
        public String identity() {
            return set.identity();
        }

        @Override
        public PictureSet lay(Path results) {
            return set;
        }
    }
}
