//! What a reader can add up: whole numbers, and what they come to.

use super::DisclosureRules;

/// A whole number of a [`System`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item(u32);

/// A figure of a [`System`]: numbers that are shown together or hidden together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId(u32);

/// A quantity of a [`System`] that nobody may be able to work out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(u32);

macro_rules! index {
    ($name:ident) => {
        impl $name {
            /// The `index`th that was added.
            pub(super) fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("far fewer than 2^32 figures"))
            }

            /// Which one it is, counted from 0 in the order of adding.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}
index!(Item);
index!(FigureId);
index!(Quantity);

/// A number, and how often it is counted.
pub type Term = (Item, i64);

/// Whether a figure may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is hidden, whatever else is.
    Hidden,
    /// It is shown, unless hiding it is needed.
    Open,
    /// It is known already: hiding it protects nothing.
    Known,
}

/// How much is lost when a figure is hidden: compared field by field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// Whether it protects where nothing else does, and tells a reader less than others: a 0.
    pub is_last_resort: bool,
    /// What kind of area it is of: the wider, the more.
    pub weight: u32,
    /// More for everyone's than for those without a cohort.
    pub population: u8,
    /// How large it is.
    pub size: i64,
}

/// A number as it is, with what a reader takes for its least.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub value: i64,
    pub at_least: i64,
    /// The figure that it is of. Without one, it is shown nowhere.
    pub figure: Option<FigureId>,
}

#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub status: Status,
    pub cost: Cost,
    pub items: Vec<Item>,
    /// The first of the figures that share its fate.
    pub fate: FigureId,
}

/// Terms that come to a number that a reader knows, or at least to it.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub terms: Vec<Term>,
    /// What they come to.
    pub comes_to: i64,
    /// The least that a reader knows them to come to, where that is all that is known.
    pub at_least: Option<i64>,
}

#[derive(Clone, Debug)]
pub(super) struct Sensitive {
    pub terms: Vec<Term>,
    pub value: i64,
}

/// Figures, what they come to, and what nobody may be able to work out of them.
#[derive(Clone, Debug, Default)]
pub struct System {
    pub(super) numbers: Vec<Number>,
    pub(super) figures: Vec<Figure>,
    pub(super) relations: Vec<Relation>,
    pub(super) sensitive: Vec<Sensitive>,
}

impl System {
    /// Adds a figure, without numbers so far.
    pub fn add_figure(&mut self, status: Status, cost: Cost) -> FigureId {
        let figure = FigureId::new(self.figures.len());
        self.figures.push(Figure { status, cost, items: Vec::new(), fate: figure });
        figure
    }

    /// Adds a number of a figure.
    pub fn add_item(&mut self, figure: FigureId, value: i64, rules: &DisclosureRules) -> Item {
        let item = self.add_number(value, rules.least(value), Some(figure));
        self.figures[figure.index()].items.push(item);
        item
    }

    /// Adds a number that is shown nowhere, and that a reader knows not to be below 0.
    pub fn add_unseen(&mut self, value: i64) -> Item {
        self.add_number(value, 0, None)
    }

    fn add_number(&mut self, value: i64, at_least: i64, figure: Option<FigureId>) -> Item {
        let item = Item::new(self.numbers.len());
        self.numbers.push(Number { value, at_least: at_least.min(value), figure });
        item
    }

    /// A reader knows what the terms come to.
    pub fn relation(&mut self, terms: Vec<Term>) {
        let comes_to = self.value(&terms);
        self.relations.push(Relation { terms, comes_to, at_least: None });
    }

    /// A total is the sum of its parts, or differs from it by what a reader knows.
    pub fn adds_up(&mut self, total: Item, parts: &[Item]) {
        let parts = parts.iter().map(|part| (*part, -1));
        self.relation(std::iter::once((total, 1)).chain(parts).collect());
    }

    /// Two numbers are the same count, or differ by what a reader knows: their figures share a
    /// fate.
    pub fn same(&mut self, one: Item, other: Item) {
        self.relation(vec![(one, 1), (other, -1)]);
        let figure = |item: Item| self.numbers[item.index()].figure;
        if let (Some(one), Some(other)) = (figure(one), figure(other)) {
            self.share_fate(one, other);
        }
    }

    /// Two figures are hidden together or shown together.
    pub fn share_fate(&mut self, one: FigureId, other: FigureId) {
        let [one, other] = [one, other].map(|figure| self.figures[figure.index()].fate);
        let (first, second) = (one.min(other), one.max(other));
        if first != second {
            for figure in self.figures.iter_mut().filter(|figure| figure.fate == second) {
                figure.fate = first;
            }
        }
    }

    /// A reader knows that the terms do not come to less than 0. Not added where they do.
    pub fn not_negative(&mut self, terms: Vec<Term>) {
        self.at_least(terms, 0);
    }

    /// A reader knows that the terms do not come to less than that. Not added where they do.
    pub fn at_least(&mut self, terms: Vec<Term>, least: i64) {
        let comes_to = self.value(&terms);
        if comes_to >= least {
            self.relations.push(Relation { terms, comes_to, at_least: Some(least) });
        }
    }

    /// Adds a quantity that nobody may be able to work out, what the terms come to, `if_small`.
    pub fn add_sensitive(&mut self, terms: &[Term], if_small: bool) -> Option<Quantity> {
        if_small.then(|| {
            let quantity = Quantity::new(self.sensitive.len());
            let value = self.value(terms);
            self.sensitive.push(Sensitive { terms: terms.to_vec(), value });
            quantity
        })
    }

    /// What terms come to.
    #[must_use]
    pub fn value(&self, terms: &[Term]) -> i64 {
        comes_to(terms, |item| self.numbers[item.index()].value)
    }

    /// What a quantity that nobody may work out comes to, and of what.
    #[must_use]
    pub fn quantity(&self, quantity: Quantity) -> (&[Term], i64) {
        let sensitive = &self.sensitive[quantity.index()];
        (&sensitive.terms, sensitive.value)
    }

    /// The value of a number.
    #[must_use]
    pub fn value_of(&self, item: Item) -> i64 {
        self.numbers[item.index()].value
    }

    /// The figure of a number. `None` if it is shown nowhere.
    #[must_use]
    pub fn figure_of(&self, item: Item) -> Option<FigureId> {
        self.numbers[item.index()].figure
    }
}

/// What terms come to in another world.
pub(super) fn comes_to(terms: &[Term], value: impl Fn(Item) -> i64) -> i64 {
    terms.iter().map(|(item, times)| times * value(*item)).sum()
}
