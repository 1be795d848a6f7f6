/**
 * The variables and timers of groups in serialized form: the contents that a shard keeps, the
 * changes of a call, and their pieces in snapshots.
 */
@NullMarked
package io.vellamo.engine.variable;

import org.jspecify.annotations.NullMarked;
