package dev.noisediffusion.job;

/** What happened to a device while a network runs on it. It is data: whoever shows it finds the words. */
public sealed interface DeviceNotice {
    /**
     * The device had too little memory for so many pictures at once.
     *
     * @param pictures that a network call takes from now on
     */
    record Shrunk(int pictures) implements DeviceNotice {}

    /**
     * The device had too little memory for the network.
     *
     * @param device that the network has moved to
     */
    record Moved(String device) implements DeviceNotice {}

    /**
     * The device had too little memory for whole pictures.
     *
     * @param side of the pieces that they go through the autoencoder in from now on, in pixels
     */
    record Tiled(int side) implements DeviceNotice {}

    /**
     * The device had too little memory for the autoencoder.
     *
     * @param device that it has moved to; the network stays where it is
     */
    record PicturesMoved(String device) implements DeviceNotice {}

    /**
     * The connection to a server is lost or it is busy, and it is asked again.
     *
     * @param server its address
     */
    record ServerLost(String server) implements DeviceNotice {}

    /**
     * A server that was lost answers again.
     *
     * @param server its address
     */
    record ServerBack(String server) implements DeviceNotice {}
}
