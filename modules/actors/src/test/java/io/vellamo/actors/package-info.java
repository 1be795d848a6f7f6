/** Tests of the runtime: whole queries with memory sources and sinks. */
@NullMarked
package io.vellamo.actors;

import org.jspecify.annotations.NullMarked;
