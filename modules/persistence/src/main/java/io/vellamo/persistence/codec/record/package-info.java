/**
 * The record form: values of plain types, records as their components in order, without names,
 * written and read by classes that are generated for the records.
 *
 * <p>Read first: {@link io.vellamo.persistence.codec.record.RecordForm}, {@link
 * io.vellamo.persistence.codec.record.RecordLayout}, {@link
 * io.vellamo.persistence.codec.record.Form}.
 */
@NullMarked
package io.vellamo.persistence.codec.record;

import org.jspecify.annotations.NullMarked;
