/**
 * The sample that finds the sessions of each actor.
 *
 * <p>Read first: {@link io.vellamo.samples.sessions.GitHubSessions}, {@link
 * io.vellamo.samples.sessions.Sessionize}, {@link io.vellamo.samples.sessions.OpenSessions}.
 */
@NullMarked
package io.vellamo.samples.sessions;

import org.jspecify.annotations.NullMarked;
