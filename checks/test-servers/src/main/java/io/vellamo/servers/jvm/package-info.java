/**
 * Programs in JVMs of their own, for tests and samples that kill them.
 *
 * <p>Read first: {@link io.vellamo.servers.jvm.JvmProgram}, {@link
 * io.vellamo.servers.jvm.JvmProcess}.
 */
@NullMarked
package io.vellamo.servers.jvm;

import org.jspecify.annotations.NullMarked;
