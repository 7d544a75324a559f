//! TeX to steps: what models write is drawn, what is hostile or unknown is refused in words.

use tokenfall::engine::typeset::{ATTRIBUTES, ELEMENTS, MAX_FORMULA_BYTES, STYLES, Step, read};
use typeset::formula;

/// The formula as markup, for the eye: steps are no markup themselves.
fn shown(tex: &str) -> String {
    let written = formula(tex, false).unwrap_or_else(|why| panic!("{tex}: {why}"));
    let mut out = String::new();
    let mut open = Vec::new();
    for step in read(&written).unwrap() {
        match step {
            Step::Open(name) => {
                out.push_str(&format!("<{name}>"));
                open.push(name);
            }
            Step::Close => out.push_str(&format!("</{}>", open.pop().unwrap())),
            Step::Text(text) => out.push_str(text),
            Step::Attribute(name, value) | Step::Style(name, value) => {
                out.push_str(&format!("[{name}={value}]"))
            }
        }
    }
    out
}

#[test]
fn a_fraction_with_a_root_is_the_tree_it_should_be() {
    assert_eq!(
        shown(r"\frac{1}{\sqrt{x}} < y"),
        "<math><mfrac><mn>1</mn><msqrt><mi>x</mi></msqrt></mfrac><mo><</mo><mi>y</mi></math>"
    );
}

#[test]
fn display_is_said() {
    let written = formula("x", true).unwrap();
    assert!(read(&written).unwrap().contains(&Step::Attribute("display", "block")));
}

#[test]
fn what_models_write_is_drawn() {
    for tex in [
        r"E = mc^2",
        r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}",
        r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}",
        r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}^{-1}",
        r"f(x) = \begin{cases} x & \text{if } x \ge 0 \\ -x & \text{otherwise} \end{cases}",
        r"\begin{aligned} a &= b + c \\ &= d \end{aligned}",
        r"\begin{align*} a &= b + c \\ &= d \end{align*}",
        r"\begin{split} a &= b \end{split}",
        r"\mathbb{R}^n \to \mathcal{L}(V, W)",
        r"\lim_{x \to 0} \frac{\sin x}{x} = 1",
        r"\hat{y} = \arg\max_{\theta} \log p(y \mid x; \theta)",
        r"\operatorname{softmax}(z)_i",
        r"\underbrace{a+b+c}_{\text{three}}",
        r"\left( \frac{a}{b} \right)^2 \left. \frac{dy}{dx} \right|_{x=0}",
        r"\boxed{x = 5}",
        r"\nabla \cdot \mathbf{E} = \frac{\rho}{\varepsilon_0}",
        r"a \equiv b \pmod{n}",
        r"\binom{n}{k} = \frac{n!}{k!(n-k)!}",
        r"\sum_{\substack{i<j \\ j<k}} x",
        r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}",
        r"\langle \psi | \phi \rangle \lVert x \rVert \lfloor y \rfloor",
        r"\vec{v} \overline{AB} \tilde{x} \widehat{xyz} \dot x",
        r"x \xrightarrow{f} y \implies z \iff w",
        r"\cancel{x} \dfrac{a}{b} \tfrac{a}{b}",
        r"f'(x) + f''(x)",
        "größe",
    ] {
        assert!(shown(tex).starts_with("<math>"), "{tex}");
    }
}

#[test]
fn commands_that_name_something_elsewhere_are_refused() {
    for tex in [
        r"\href{javascript:alert(1)}{x}",
        r"\url{http://example.org}",
        r"\includegraphics{http://example.org/y.png}",
        r"\htmlClass{a}{x}",
        r"\htmlId{a}{x}",
        r"\htmlData{a=b}{x}",
        r"\htmlStyle{color:red}{x}",
        r"\style{color:red}{x}",
        r"\class{a}{x}",
        r"\cssId{a}{x}",
        r"\require{x}",
        r"\unicode{x3c}",
        r"\ref{a}",
        r"\eqref{a}",
        r"\label{onload}",
        r"\def\a{\a\a}\a",
        r"\newcommand{\a}{\a\a}\a",
        r"\input{/etc/passwd}",
        r"\frac{1}{2",
        r"\begin{a}",
        "{",
        "",
    ] {
        // What is drawn all the same is drawn from the lists alone, which `read` has checked.
        match formula(tex, false) {
            Ok(written) => {
                assert!(
                    !tex.contains(r"\href") && !tex.contains(r"\url") && !tex.contains(r"\html"),
                    "{tex}"
                );
                assert!(read(&written).is_some(), "{tex}");
            }
            Err(why) => assert!(why.len() > 5, "{tex}: {why:?}"),
        }
    }
}

#[test]
fn markup_in_text_stays_text() {
    let drawn = shown(r"\text{<img src=x onerror=alert(1)>\&amp;}");
    assert!(drawn.contains("<img\u{a0}src=x\u{a0}onerror=alert(1)>"), "{drawn}");
    let written = formula(r"\text{<script>a</script>}", false).unwrap();
    let names: Vec<_> =
        read(&written).unwrap().into_iter().filter(|step| matches!(step, Step::Open(_))).collect();
    assert!(names.iter().all(|step| [Step::Open("math"), Step::Open("mtext")].contains(step)), "{names:?}");
}

#[test]
fn long_and_deep_formulas_are_refused_before_they_are_read() {
    assert!(formula(&"x".repeat(MAX_FORMULA_BYTES + 1), false).is_err());
    assert!(formula(&"x+".repeat(MAX_FORMULA_BYTES / 4), false).is_ok());
    assert!(formula(&"x+".repeat(MAX_FORMULA_BYTES / 2 - 1), false).is_err(), "too many steps");
    for deep in [
        format!("{}x{}", "{".repeat(1000), "}".repeat(1000)),
        format!("{}x", r"\sqrt".repeat(800)),
        format!("{}x{}", r"\left(".repeat(200), r"\right)".repeat(200)),
        format!("{}x{}", r"\begin{matrix}".repeat(120), r"\end{matrix}".repeat(120)),
        "x^".repeat(1000),
        r"\frac".repeat(800),
        "[".repeat(3000),
    ] {
        assert!(formula(&deep, false).is_err(), "{}", &deep[..20]);
    }
}

#[test]
fn names_from_no_list_are_not_read() {
    for hostile in [
        "",
        "text alone",
        "\u{1}\u{21}x\u{2}",
        "\u{1}\u{20}",
        "\u{1}\u{20}\u{2}\u{2}",
        "\u{1}\u{20}\u{2}\u{1}\u{20}\u{2}",
        "\u{1}\u{7f}\u{2}",
        "\u{1}\u{20}\u{1}\u{20}\u{2}\u{2}",
        "\u{1}\u{20}\u{3}\u{7f}1\u{2}\u{2}",
        "\u{1}\u{20}\u{3}\u{20}url(x)\u{2}\u{2}",
        "\u{1}\u{20}\u{4}\u{20}expression(x)\u{2}\u{2}",
        "\u{1}\u{20}\u{3}\u{20}\u{2}",
        "\u{1}",
    ] {
        assert_eq!(read(hostile), None, "{hostile:?}");
    }
    assert!(
        read(&format!("{}{}", "\u{1}\u{20}", "\u{1}\u{26}".repeat(200) + &"\u{2}".repeat(201))).is_none()
    );
    for name in ELEMENTS.iter().chain(&ATTRIBUTES).chain(&STYLES) {
        for word in
            ["href", "src", "script", "on", "id", "class", "style", "annotation", "action", "url", "position"]
        {
            let is_event = word == "on" && !name.starts_with("on");
            assert!(is_event || !name.eq_ignore_ascii_case(word) && !name.contains("href"), "{name}");
        }
    }
}

#[test]
fn the_line_below_a_box_is_no_empty_row() {
    let boxed = shown(r"\boxed{x}");
    let (row, last) = boxed.rsplit_once("<mtr>").unwrap();
    assert!(row.contains("<mi>x</mi>"), "{boxed}");
    assert!(last.contains("padding-top") && last.contains("padding-bottom"), "{boxed}");
}
