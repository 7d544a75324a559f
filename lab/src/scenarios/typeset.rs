//! Answers with code and formulas: what the page's typesetting workers are for.

use std::time::Duration;

use super::{always, chat::Chat};
use crate::script::Scenario;

/// The text of `code-and-math`: code in two languages and in none that is known, formulas drawn, broken and hostile.
pub const CODE_AND_MATH: &str = "The mean is $\\bar{x} = \\frac{1}{n}\\sum_{i=1}^{n} x_i$, and its spread follows:

$$\\sigma = \\sqrt{\\frac{1}{n}\\sum_{i=1}^{n} (x_i - \\bar{x})^2}$$

In code:

```rust
/// The mean of some numbers; none of none.
fn mean(numbers: &[f64]) -> Option<f64> {
    if numbers.is_empty() {
        return None; // nothing to divide by: \"0 / 0\"
    }
    Some(numbers.iter().sum::<f64>() / numbers.len() as f64)
}
```

```python
def mean(numbers):
    \"\"\"The same, shorter.\"\"\"
    return sum(numbers) / len(numbers) if numbers else \"none\"
```

```nonsense
let this = \"stay plain\";
```

Refused: $\\href{javascript:window.__pwned=1}{x}$ and $\\begin{x}$, as text $\\text{<img src=x onerror=pwned()>}$.

That is all.
";

/// Functions in the block of code of `long-code`, four lines each.
pub const LONG_CODE_FUNCTIONS: usize = 250;

const THOUGHTS: &str = "Like this:

```python
def double(x):
    if x is None:
        return None
    return 2 * x
```
";

pub(super) fn scenarios() -> Vec<Scenario> {
    let functions = (0..LONG_CODE_FUNCTIONS)
        .map(|at| format!("fn step_{at}(x: u32) -> u32 {{\n    // adds {at}\n    x + {at}\n}}\n"));
    let long = functions
        .fold(Chat::begin().text("Long, $n = 250$:\n\n```rust\n"), |chat, function| chat.text(&function));
    let answer = |chat: Chat, milliseconds| {
        chat.finish("stop").usage(300, 0).done().every(Duration::from_millis(milliseconds))
    };
    vec![
        always(
            "code-and-math",
            "Code in known and unknown languages, formulas drawn, broken and hostile",
            answer(Chat::begin().words(CODE_AND_MATH), 10),
        ),
        always(
            "long-code",
            "A block of a thousand lines of code",
            answer(long.text("```\n\nThe end.\n"), 20),
        ),
        always(
            "cut-in-code",
            "The model stops at its token limit in the middle of a line of code",
            Chat::begin()
                .words("So:\n\n```rust\nlet first = 1;\nlet second = \"cut")
                .finish("length")
                .usage(12, 0)
                .done()
                .every(Duration::from_millis(10)),
        ),
        always(
            "code-in-thoughts",
            "Code in the reasoning, and none in the answer",
            answer(Chat::begin().reasoning(THOUGHTS).words("It doubles."), 10),
        ),
        always(
            "math-in-thoughts",
            "Formulas and no code: in the reasoning, and as the last block of the answer",
            answer(
                Chat::begin()
                    .reasoning("Take $a^2$ first.")
                    .words("So \\(c\\) is in:\n\n\\[\na^2 + b^2 = c^2\n\\]\n"),
                10,
            ),
        ),
    ]
}
