/**
 * The configuration of the cluster runtime: {@link io.vellamo.cluster.settings.ClusterSettings}.
 */
@NullMarked
package io.vellamo.cluster.settings;

import org.jspecify.annotations.NullMarked;
