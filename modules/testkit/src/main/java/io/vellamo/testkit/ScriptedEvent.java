package io.vellamo.testkit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of a script, as the engine's stages see it.
 *
 * @param index its place among the script's events, from 0
 * @param key its grouping key
 * @param event the user's event
 * @param time its event time; null if it has none
 */
record ScriptedEvent(int index, @Nullable Object key, Object event, @Nullable Instant time) {}
