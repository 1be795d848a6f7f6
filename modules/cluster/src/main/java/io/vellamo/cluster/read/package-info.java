/**
 * Readers on all nodes, and the coordinator's access to them.
 *
 * <p>Read first: {@code QueryReader}, {@code ReadLink}.
 */
@NullMarked
package io.vellamo.cluster.read;

import org.jspecify.annotations.NullMarked;
