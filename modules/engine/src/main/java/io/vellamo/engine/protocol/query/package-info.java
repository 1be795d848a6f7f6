/**
 * The machine of a query: which epoch runs next, what each epoch does in which order, and what is
 * journaled when.
 *
 * <p>Read first: {@link io.vellamo.engine.protocol.query.QueryMachine}, {@link
 * io.vellamo.engine.protocol.query.QueryInput}, {@link
 * io.vellamo.engine.protocol.query.QueryEffects}.
 */
@NullMarked
package io.vellamo.engine.protocol.query;

import org.jspecify.annotations.NullMarked;
