package io.vellamo.connectors.file;

import io.vellamo.connectors.file.InputFile.Stamp;

/**
 * The extent of a file's text at one point in time.
 *
 * @param stamp shows whether the file has changed since
 * @param end the offset after the last complete entry
 * @param length the offset after the last byte
 */
record FileExtent(Stamp stamp, long end, long length) {}
