/** Queries in a JVM that is killed with SIGKILL, and what is left of them. */
@NullMarked
package io.vellamo.actors.crash;

import org.jspecify.annotations.NullMarked;
