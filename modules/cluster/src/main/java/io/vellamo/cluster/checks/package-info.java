/**
 * The checks of a node, its journal and a query before the query starts in a cluster.
 *
 * <p>Start with {@link io.vellamo.cluster.checks.ClusterChecks}.
 */
@NullMarked
package io.vellamo.cluster.checks;

import org.jspecify.annotations.NullMarked;
