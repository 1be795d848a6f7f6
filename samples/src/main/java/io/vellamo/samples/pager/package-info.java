/**
 * The sample that sends alerts to a pager.
 *
 * <p>Read first: {@link io.vellamo.samples.pager.Pager}, {@link
 * io.vellamo.samples.pager.PagerRules}, {@link io.vellamo.samples.pager.PagerEndpoint}.
 */
@NullMarked
package io.vellamo.samples.pager;

import org.jspecify.annotations.NullMarked;
