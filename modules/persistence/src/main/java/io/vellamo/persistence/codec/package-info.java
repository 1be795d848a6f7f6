/**
 * Codecs that turn keys, states, rows and events into bytes and back, and the preparation of a
 * query with them.
 *
 * <p>Read first: {@link io.vellamo.persistence.codec.QueryCodecs}, {@link
 * io.vellamo.persistence.codec.StandardKeyCodec}, {@link
 * io.vellamo.persistence.codec.JacksonStateCodec}, {@link
 * io.vellamo.persistence.codec.JacksonValueCodec}.
 */
@NullMarked
package io.vellamo.persistence.codec;

import org.jspecify.annotations.NullMarked;
