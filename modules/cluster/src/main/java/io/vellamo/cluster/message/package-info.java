/** The common parts of messages between nodes: their forms, and references to actors. */
@NullMarked
package io.vellamo.cluster.message;

import org.jspecify.annotations.NullMarked;
