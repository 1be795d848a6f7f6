/**
 * The real actors on one thread: a seed decides which message is handled next, when time passes,
 * and how the journal answers.
 */
@NullMarked
package io.vellamo.actors.seeded;

import org.jspecify.annotations.NullMarked;
