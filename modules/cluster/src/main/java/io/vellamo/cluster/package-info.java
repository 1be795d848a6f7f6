/** Queries across the nodes of a Pekko cluster. */
@NullMarked
package io.vellamo.cluster;

import org.jspecify.annotations.NullMarked;
