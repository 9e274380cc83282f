var bulletin=bulletin||{};bulletin.text=(()=>{"use strict";const LONGEST_QUERY=1000;const MOST_PHRASES=40;const LONGEST_WORD=24;const INVISIBLE=/[\u200B-\u200D\uFEFF]/g;const WHITE_SPACE=/[\p{White_Space}\x1C-\x1F]+/gu;const WIDE="[\\u2E80-\\u2FDF\\u3000-\\u312F\\u31C0-\\u31FF\\u3400-\\u4DBF\\u4E00-\\u9FFF"+"\\uF900-\\uFAFF\\uFF00-\\uFFEF\\u{20000}-\\u{3FFFF}“”‘’…—]";const SPACED_WIDE=new RegExp(" ?("+WIDE+") ?","gu");const STARTS_WIDE=new RegExp("^"+WIDE,"u");const LETTER_OR_DIGIT=/^[\p{L}\p{M}\p{N}]/u;const MARKS_ONLY=/^[\p{P}\p{Sk}\p{Sm}\p{M}\p{Z}\p{Cc}\p{Cf}\p{Cs}]*$/u;const CLOSING={"“":"”","「":"」","『":"』",'"':'"',"＂":"＂"};const QUOTATION_MARK=/[“”「」『』"＂]/;const QUOTATION_MARKS=new RegExp(QUOTATION_MARK,"g");function fold(text){return text.normalize("NFKC").toLowerCase().replace(INVISIBLE,"").replace(WHITE_SPACE," ").replace(SPACED_WIDE,"$1").trim();}
function literal(text){return text.normalize("NFKC").toLowerCase().replace(INVISIBLE,"").replace(WHITE_SPACE,"");}
function phrases(query,printed){const asked=cut(query,LONGEST_QUERY);const found=[];let plainFrom=0;let position=0;while(position<asked.length){const closing=CLOSING[asked.charAt(position)];const end=closing===undefined?-1:asked.indexOf(closing,position+1);if(end===-1||(printed&&(asked.charAt(position-1)+asked.charAt(end+1)).trim()!=="")){position+=1;}else{addPlain(found,asked.slice(plainFrom,position),printed);add(found,asked.slice(position+1,end),true,false);position=end+1;plainFrom=position;}}
addPlain(found,asked.slice(plainFrom),printed);if(found.length===0){add(found,asked,true,true);}
return found.slice(0,MOST_PHRASES);}
function addPlain(found,passage,printed){for(const piece of(printed?passage:passage.replace(QUOTATION_MARKS," ")).split(WHITE_SPACE)){add(found,piece,false,false);}}
function mayBePrinted(query){return phrases(query,true).some((phrase)=>!phrase.exact&&QUOTATION_MARK.test(phrase.text));}
function add(found,shown,exact,marks){const text=literal(shown);if(text===""||(!exact&&!marks&&MARKS_ONLY.test(text))){return;}
const same=found.find((phrase)=>phrase.text===text);if(same===undefined){found.push({text:text,exact:exact,shown:shown.trim()});}else{same.exact=same.exact||exact;}}
function standing(phrase,vocabulary){const folded=fold(cut(phrase,LONGEST_QUERY));const joined=joints(folded);const found=[];let coveredTo=0;for(let start=0;start<folded.length;start+=1){for(let end=Math.min(folded.length,start+LONGEST_WORD);end>start&&!joined[start];end-=1){const word=folded.slice(start,end);if(!joined[end]&&vocabulary.has(word)){const single=end-start===width(folded,start);found.push({word:word,start:start,end:end,single:single,covered:end<=coveredTo});coveredTo=Math.max(coveredTo,end);}}}
return found;}
function joints(text){const joined=[false];let inRun=false;let position=0;for(const character of text){const runs=LETTER_OR_DIGIT.test(character)&&!STARTS_WIDE.test(character);joined[position]=runs&&inRun;if(character.length===2){joined[position+1]=true;}
inRun=runs;position+=character.length;}
joined[position]=false;return joined;}
function width(text,position){const point=text.codePointAt(position);return point!==undefined&&point>0xffff?2:1;}
function cut(text,length){if(text.length<=length){return text;}
return text.slice(0,width(text,length-1)===2?length-1:length);}
function key(word){const first=width(word,0);return word.length===first?word:word.slice(0,first+width(word,first));}
function keys(text,most){const characters=Array.from(text);const pairs=Math.max(1,characters.length-1);const count=Math.min(pairs,most);const found=new Set();for(let number=0;number<count;number+=1){const at=Math.floor((number*pairs)/count);found.add(characters.slice(at,at+2).join(""));}
return Array.from(found);}
function exchange(text,pairs){const characters=Array.from(pairs);const table=new Map();for(let at=0;at<characters.length;at+=2){table.set(characters[at],characters[at+1]);}
return Array.from(text,(character)=>table.get(character)||character).join("");}
return{LONGEST_QUERY:LONGEST_QUERY,cut:cut,exchange:exchange,fold:fold,key:key,keys:keys,literal:literal,mayBePrinted:mayBePrinted,phrases:phrases,standing:standing,};})();
