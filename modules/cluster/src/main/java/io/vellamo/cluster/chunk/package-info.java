/** Large values in chunks, which their receivers request. */
@NullMarked
package io.vellamo.cluster.chunk;

import org.jspecify.annotations.NullMarked;
