/**
 * Tests of the plugins in real ActorSystems.
 *
 * <p>Read first: {@link io.vellamo.journal.EventSourcedTest}, {@link
 * io.vellamo.journal.JournalPluginTest}, {@link io.vellamo.journal.ReadJournalTest}.
 */
@NullMarked
package io.vellamo.journal;

import org.jspecify.annotations.NullMarked;
