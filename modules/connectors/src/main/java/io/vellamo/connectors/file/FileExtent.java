package io.vellamo.connectors.file;

import io.vellamo.connectors.file.InputFile.Stamp;

/**
 * How far the text of a file goes, as of one look at it.
 *
 * @param stamp tells whether the file has changed since
 * @param end the offset behind the last complete entry
 * @param length the offset behind the last byte
 */
record FileExtent(Stamp stamp, long end, long length) {}
