/**
 * JSON Lines and CSV files as sources and sinks.
 *
 * <p>Read first: {@link io.vellamo.connectors.file.JsonLines}, {@link
 * io.vellamo.connectors.file.Csv}, {@link io.vellamo.connectors.file.FileSource}, {@link
 * io.vellamo.connectors.file.FileSink}.
 */
@NullMarked
package io.vellamo.connectors.file;

import org.jspecify.annotations.NullMarked;
