package io.vellamo.engine.group;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call of the user's function gave.
 *
 * @param change what is kept
 * @param rows what was emitted, one for each of the change's stored rows
 * @param live the state for the group's next call; null if it has to be read anew
 */
public record StepOutcome(GroupChange change, List<Object> rows, @Nullable Object live) {}
