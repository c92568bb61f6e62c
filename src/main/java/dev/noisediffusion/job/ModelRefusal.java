package dev.noisediffusion.job;

/** Why a model, a download or a critic cannot be had, with the details that belong to it in their order. */
public enum ModelRefusal implements Refusal {
    /** The path. */
    NOTHING_THERE,
    /** The path of a file or folder that is no model. */
    NO_MODEL,
    /** The path of the file. */
    MISSING_FILE,
    /** The folder, and the file in it that can run code when it is read. */
    ONLY_PICKLE,
    /** The folder, and the file in it that lists the pieces of the weights. */
    IN_PIECES,
    /** The file, of which a clone has only a note. */
    NOT_FETCHED,
    /** The file that says so: the network takes a mask or another picture as well. */
    MORE_THAN_A_PICTURE,
    /** The configuration, and the class in it. */
    OTHER_KIND,
    /** The model. */
    NO_TOKENIZER,
    /** The file, what it should have, and what it has; both in the terms of model files. */
    UNEXPECTED,
    /** The file, and what the system says. */
    UNREADABLE,
    /** The file or folder. */
    UNWRITABLE,
    /** The file or folder. */
    NOT_DELETED,
    /** The file. */
    WRONG_CHECKSUM,
    /** The graph, and what the runtime says. */
    NOT_RUNNABLE,
    /** No details: numbers of a model that runs are infinite, or none. */
    OVERFLOWED,
    /** The folder. */
    ALREADY_THERE,
    /** What for, how many bytes, the folder, and how many bytes are free there. */
    NO_ROOM,
    /** The file. */
    DISK_FULL,
    /** What was copied or unpacked, and the folder. */
    DISK_FILLED,
    /** The archive, and what is in it. */
    BAD_ARCHIVE,
    /** The model. */
    COMES_WITH_THE_STUDIO,
    /** The model, and its folder. */
    OF_ANOTHER_PROGRAM,
    OFFLINE,
    OFFLINE_BY_ENVIRONMENT,
    /** The model. */
    BEING_DOWNLOADED,
    /** The file, and the server. */
    NO_CONNECTION,
    /** The file, and the server. */
    SERVER_SILENT,
    /** The file, and the server. */
    CONNECTION_LOST,
    /** The file, the server, and what the system says. */
    CONNECTION_UNSAFE,
    /** The file, the server, and the status. */
    SERVER_UNABLE,
    /** The server, and in how many minutes to come back. */
    SERVER_BUSY,
    /** The server, the file, and the status. */
    NEEDS_TOKEN,
    /** The server, the file, the status, and where the token is from. */
    TOKEN_REFUSED,
    /** The server, the file, the status, and the variable that is set to what can be no token. */
    TOKEN_UNUSABLE,
    /** The server, the file, and the status. */
    GONE,
    /** The server, the file, and the status. */
    UNEXPECTED_ANSWER,
    /** The server, and the file. */
    CHANGED_SINCE,
    /** The server, and the file. */
    WEB_PAGE,
    /** The server. */
    LED_ASTRAY,
    /** The proxy, and the file. */
    PROXY_ASKS_PASSWORD,
    /** The proxy, the file, the status, and the server. */
    PROXY_REFUSES,
    /** The file, and the server. */
    DAMAGED_DOWNLOAD,
    /** How many there must be, and how many there are. */
    TOO_FEW_PHOTOGRAPHS,
    /** The file, or the folder of all critics. */
    CRITIC_UNWRITABLE,
    /** The file. */
    CRITIC_OUTDATED,
    /** The file. */
    CRITIC_OF_ANOTHER_MODEL,
    /** The file. */
    CRITIC_DAMAGED,
    CRITIC_WORSE,
    /** What the system says. */
    CRITIC_NOT_RUNNABLE,
    /** No details: numbers of the model whose frames it is to judge are infinite, or none. */
    CRITIC_OVERFLOWED
}
