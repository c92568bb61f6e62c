package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.DeviceNotice;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Opens model folders. Called on background threads, under the token of the job; what it throws carries a sentence for the
 * user.
 */
@FunctionalInterface
public interface ModelOpener {
    /**
     * The model in a folder.
     *
     * @param notices hears what happens to its device, while it opens and as long as it is open, on any thread
     */
    OpenModel open(Path folder, Consumer<DeviceNotice> notices) throws Exception;
}
