/**
 * Projects that the pages of the documentation describe, built with Maven. Start with {@link
 * io.vellamo.checks.pages.PagesTest}.
 */
@NullMarked
package io.vellamo.checks.pages;

import org.jspecify.annotations.NullMarked;
