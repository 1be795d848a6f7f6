/**
 * The binary forms of the values that nodes exchange about a query.
 *
 * <p>The first byte of a form is its number: a new kind of value or a new layout gets a new one,
 * and the preceding ones stay readable, so that nodes of consecutive versions can work together.
 *
 * <p>Read first: {@link io.vellamo.persistence.message.ShardRequestForm}, {@link
 * io.vellamo.persistence.message.EpochForms}, {@link io.vellamo.persistence.message.QueryNewsForm}.
 */
@NullMarked
package io.vellamo.persistence.message;

import org.jspecify.annotations.NullMarked;
