/** The programs in {@code bin}. Start with {@link io.vellamo.checks.programs.ProgramsTest}. */
@NullMarked
package io.vellamo.checks.programs;

import org.jspecify.annotations.NullMarked;
