/** What the messages between nodes have in common. */
@NullMarked
package io.vellamo.cluster.message;

import org.jspecify.annotations.NullMarked;
