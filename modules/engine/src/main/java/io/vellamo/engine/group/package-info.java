/**
 * One call of the user's function for one group: what it sees, and what is kept of it.
 *
 * <p>Read first: {@link io.vellamo.engine.group.GroupStep}, {@link
 * io.vellamo.engine.group.GroupEntry}, {@link io.vellamo.engine.group.GroupChange}.
 */
@NullMarked
package io.vellamo.engine.group;

import org.jspecify.annotations.NullMarked;
